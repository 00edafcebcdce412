"""The plan's question put to a delivery and to an anonymous table in its place."""

from dataclasses import replace

import pyarrow as pa
import pytest

from grondslag.analysis.usefulness import AnswerUse, Comparable, answer_use
from made_delivery import STREETS, crash_table, made_delivery

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
CRASHES = crash_table(EVEN | {"S11": [("UMS", 80), ("LET", 40)]})


def coarser(table, name, values):
    at = table.column_names.index(name)
    return table.set_column(at, name, pa.array(values).dictionary_encode())


def test_the_same_rows_give_the_same_answer(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)

    use = answer_use(delivered, "ongevallen", CRASHES)

    assert use == AnswerUse(Comparable.COMPARED, areas=6, changed=0, largest=0.0)


def test_rows_left_out_move_rates_and_may_change_a_conclusion(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)
    # Of the 184 crashes of W1 none but 96 are left: as many as elsewhere.
    places = [at for at, wijk in enumerate(CRASHES["wijk"].to_pylist()) if wijk == "W1"]
    fewer = CRASHES.take([at for at in range(CRASHES.num_rows) if at not in set(places[96:])])

    use = answer_use(delivered, "ongevallen", fewer)

    assert use.comparable is Comparable.COMPARED
    assert use.changed >= 1
    assert use.largest == pytest.approx(1 - 96 / 184, abs=0.005)


def test_a_year_that_became_a_band_gives_no_answer(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)
    released = coarser(CRASHES, "jaar", ["2015–2019"] * CRASHES.num_rows)

    use = answer_use(delivered, "ongevallen", released)

    assert use.comparable is Comparable.NO_ANSWER_AFTER


def test_without_streets_the_answer_rests_on_districts_and_without_both_there_is_none(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)
    without_streets = coarser(CRASHES, "straat", ["*"] * CRASHES.num_rows)
    without_both = coarser(without_streets, "wijk", ["*"] * CRASHES.num_rows)

    first = answer_use(delivered, "ongevallen", without_streets)
    second = answer_use(delivered, "ongevallen", without_both)

    assert (first.comparable, first.areas) == (Comparable.COMPARED, 6)
    assert second.comparable is Comparable.NO_ANSWER_AFTER


def test_a_table_the_question_is_not_about_cannot_change_the_answer(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)

    use = answer_use(delivered, "wijken", delivered.table("wijken"))

    assert use.comparable is Comparable.OTHER_TABLE


def test_a_plan_without_a_question_has_no_answer(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)
    silent = replace(delivered, plan=replace(delivered.plan, analysis=None))

    assert answer_use(silent, "ongevallen", CRASHES).comparable is Comparable.NO_QUESTION


def test_it_holds_no_count_of_rows(tmp_path):
    delivered = made_delivery(tmp_path, CRASHES)

    said = answer_use(delivered, "ongevallen", CRASHES).to_mapping()

    assert said == {"comparable": "compared", "areas": 6, "changed": 0, "largest": 0.0}
