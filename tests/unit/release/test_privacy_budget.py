"""What noise costs: paid before anything is drawn, once per question, never too much."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from figures import CLOCK as EXACT_CLOCK
from figures import FOUR_EYES, OPEN, figure
from grondslag.approval import open_installation
from grondslag.audit import FileStore
from grondslag.clock import FixedClock
from grondslag.errors import ApprovalError, DisclosureRefusedError, InputError, IntegrityError
from grondslag.release import (
    ALL,
    FourEyes,
    Ledger,
    balance,
    read_release,
    release,
    release_noisy,
    spends_of,
    write_release,
)
from grondslag.release.noise import Noise
from made_budget import CLOCK, EYES, asked, let_out_noisy, with_budget
from spending_apart import came_of_it, start_spending

NEXT_YEAR = FixedClock(datetime(2028, 1, 1, 0, 0, 1, tzinfo=UTC))


@pytest.fixture
def home(tmp_path):
    return with_budget(tmp_path / "home")


def audited(installation):
    records = FileStore(installation.audit_folder).records()
    return [(one.object, one.result) for one in records if one.action == "privacy.spent"]


def counts(table):
    return [cell.count for cell in table.cells]


def test_every_cell_of_the_list_gets_noise_the_empty_one_too(home):
    table = let_out_noisy(home, asked(counts=(0,) * 300, categories=(tuple(map(str, range(300))),)))

    assert len(table.cells) == 300
    assert any(count > 0 for count in counts(table))
    assert min(counts(table)) == 0
    assert min(table.noise.drawn) < 0


def test_the_table_says_that_it_carries_noise_and_how_much(home):
    mark = let_out_noisy(home).noise

    assert (mark.epsilon, mark.one_in, mark.certainty, mark.cells_per_person) == ("1/10", 0, 95, 1)
    assert mark.margin == 30  # p = e^(-1/10): 2 p^31 / (1 + p) is 0.047, 2 p^30 / (1 + p) 0.052


def test_cells_that_must_add_up_do(home):
    table = let_out_noisy(home, asked(adds_up=True))

    total = table.cell(ALL).count

    assert sum(counts(table)) == 2 * total
    assert table.noise.total_margin > table.noise.margin >= 30


def test_the_same_question_gets_the_same_numbers_and_costs_nothing(home):
    first = let_out_noisy(home)

    again = let_out_noisy(home)
    with_total = let_out_noisy(home, asked(adds_up=True))

    assert again == first
    assert with_total.noise.drawn == first.noise.drawn
    assert len(spends_of(home, "meldingen")) == 1
    assert balance(home, "meldingen", clock=CLOCK).left == Fraction(9, 10)


OTHER = [
    {"epsilon": "1/5"},
    {"source": "1" * 64},
    {"name": "noisy-buurt"},
    {"cells_per_person": 2},
    {"categories": (("te_hard", "oversteek", "anders"),)},
]


@pytest.mark.parametrize("change", OTHER, ids=lambda change: next(iter(change)))
def test_another_question_is_paid_for(home, change):
    let_out_noisy(home)

    let_out_noisy(home, asked(**change))

    assert len(spends_of(home, "meldingen")) == 2


def test_ten_tenths_are_exactly_one_and_then_it_is_over(home):
    for at in range(10):
        let_out_noisy(home, asked(name=f"vraag-{at}"))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out_noisy(home, asked(name="vraag-10", epsilon="1/1000"))

    assert refused.value.code == "release.budget-spent-for-good"
    assert refused.value.fields == {"dataset": "meldingen", "left": 0.0, "total": 1.0}
    assert audited(home)[-1] == ("meldingen", "release.budget-spent-for-good")
    assert len(spends_of(home, "meldingen")) == 10


def test_another_dataset_has_a_budget_of_its_own(home):
    let_out_noisy(home, asked(epsilon="1"))

    let_out_noisy(home, asked(epsilon="1", dataset="klachten"))

    assert balance(home, "klachten", clock=CLOCK).left == 0


def test_another_population_of_the_dataset_pays_from_the_same_budget(home):
    let_out_noisy(home, asked(epsilon="1"))

    with pytest.raises(DisclosureRefusedError):
        let_out_noisy(home, asked(epsilon="1", population="rows"))


def test_a_yearly_budget_says_when_it_renews_and_does(tmp_path):
    home = with_budget(tmp_path / "home", renews="yearly")
    let_out_noisy(home, asked(epsilon="0.75"))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out_noisy(home, asked(epsilon="0.5"))
    later = open_installation(home.home, clock=NEXT_YEAR)
    let_out_noisy(later, asked(epsilon="0.5"), clock=NEXT_YEAR)

    assert refused.value.code == "release.budget-spent"
    assert refused.value.fields["renews"].isoformat() == "2028-01-01"
    assert refused.value.fields["left"] == 0.25
    assert balance(later, "meldingen", clock=NEXT_YEAR).left == Fraction(1, 2)


def test_under_zcdp_many_small_questions_fit_in_one_budget(tmp_path):
    home = with_budget(tmp_path / "home", one_in=1_000_000)

    for at in range(20):
        let_out_noisy(home, asked(name=f"vraag-{at}"))

    assert balance(home, "meldingen", clock=CLOCK).left > Fraction(1, 2)


def test_without_a_budget_there_is_no_noise(tmp_path):
    home = with_budget(tmp_path / "home")
    early = FixedClock(datetime(2026, 12, 31, tzinfo=UTC))

    with pytest.raises(ApprovalError) as refused:
        let_out_noisy(home, clock=early)

    assert refused.value.code == "approval.no-setting"


def test_a_budget_that_adds_up_otherwise_than_before_is_refused(tmp_path):
    home = with_budget(tmp_path / "home", one_in=1_000_000)
    let_out_noisy(home)
    file = home.home / "installation.yaml"
    file.write_text(file.read_text().replace("one_in: 1000000", "one_in: 0"))
    changed = open_installation(home.home, clock=CLOCK)

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out_noisy(changed, asked(name="anders"))

    assert refused.value.code == "release.budget-of-another-kind"


def test_one_pair_of_eyes_spends_nothing(home):
    with pytest.raises(DisclosureRefusedError) as refused:
        release_noisy(asked(), installation=home, by=FourEyes("a", "A"), project="p", clock=CLOCK)

    assert refused.value.code == "release.one-pair-of-eyes"
    assert spends_of(home, "meldingen") == ()


def test_it_is_on_disk_and_in_the_chain_before_anything_is_drawn(home, monkeypatch):
    seen = []

    def drawn(self, counts):
        seen.append((len(spends_of(home, "meldingen")), audited(home)))
        return list(counts)

    monkeypatch.setattr(Noise, "drawn", drawn)

    let_out_noisy(home)

    assert seen == [(1, [("meldingen", "ok")])]


@pytest.mark.parametrize("kill", ["drawing", "writing"])
def test_killed_between_payment_and_answer_the_payment_stands(home, kill):
    came = came_of_it(start_spending(home.home, ["noisy-soort"], kill=kill))
    left = balance(home, "meldingen", clock=CLOCK).left

    let_out_noisy(home)

    assert came == {}
    assert left == Fraction(9, 10)
    assert balance(home, "meldingen", clock=CLOCK).left == left  # no answer ever got out
    assert audited(home) == [("meldingen", "ok")]


def test_killed_between_book_and_chain_the_chain_is_completed(home, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("grondslag.release.budget._record", _stop)
        with pytest.raises(KeyboardInterrupt):
            let_out_noisy(home)
    assert audited(home) == []

    let_out_noisy(home)

    assert audited(home) == [("meldingen", "ok")]
    assert len(spends_of(home, "meldingen")) == 1


def _stop(*_args):
    raise KeyboardInterrupt


def test_two_processes_at_once_spend_no_more_than_there_is(tmp_path):
    home = with_budget(tmp_path / "home", "0.4")

    started = [start_spending(home.home, [f"{who}-{at}" for at in range(3)]) for who in "ab"]
    came = [came_of_it(process) for process in started]

    outcomes = [value for one in came for value in one.values()]
    refused = [value for value in outcomes if value == "release.budget-spent-for-good"]
    assert (len(outcomes), len(refused)) == (6, 2)
    assert len(spends_of(home, "meldingen")) == 4


def test_a_book_that_was_put_back_is_refused(home):
    let_out_noisy(home)
    (book,) = home.ledger.glob("budget-*.jsonl")
    before = book.read_bytes()
    let_out_noisy(home, asked(name="anders"))
    book.write_bytes(before)

    with pytest.raises(IntegrityError) as refused:
        let_out_noisy(home, asked(name="nog-een"))

    assert refused.value.code == "release.budget-put-back"


def test_a_changed_line_of_the_book_is_refused(home):
    let_out_noisy(home)
    (book,) = home.ledger.glob("budget-*.jsonl")
    book.write_bytes(book.read_bytes().replace(b'"cost":"1/10"', b'"cost":"0/10"'))

    with pytest.raises(IntegrityError) as refused:
        balance(home, "meldingen", clock=CLOCK)

    assert refused.value.code == "release.ledger-broken"


def test_a_small_exact_count_stays_withheld_beside_the_same_count_with_noise(home):
    let_out_noisy(home, asked(dataset="crashes", population="rows", counts=(3, 40, 0)))
    exact = figure({"a": 3, "b": 40}, covers=False)

    (released,) = release(
        [exact],
        profile=OPEN,
        ledger=Ledger(home.ledger),
        by=FOUR_EYES,
        project="p",
        clock=EXACT_CLOCK,
    )

    assert [cell.count for cell in released.cells] == [None, 40]


def test_an_exact_table_is_not_refused_because_a_noisy_one_differs_a_little(home, monkeypatch):
    monkeypatch.setattr(Noise, "drawn", lambda _noise, counts: [count + 1 for count in counts])
    question = asked(
        dataset="crashes",
        population="rows",
        dimensions=("area",),
        categories=(("a", "b"),),
        counts=(40, 50),
    )
    let_out_noisy(home, question)

    (released,) = release(
        [figure({"a": 40, "b": 50})],
        profile=OPEN,
        ledger=Ledger(home.ledger),
        by=FOUR_EYES,
        project="p",
        clock=EXACT_CLOCK,
    )

    assert [cell.count for cell in released.cells] == [40, 50]


def test_a_table_with_noise_reads_back_from_its_file_with_its_mark(home, tmp_path):
    table = let_out_noisy(home, asked(adds_up=True))

    path = write_release(
        tmp_path, [table], project="p", profile=OPEN, by=EYES, clock=CLOCK
    )  # fmt: skip
    record = read_release(path, Ledger(home.ledger))

    assert record.figures == (table,)


def test_a_margin_made_smaller_in_the_file_is_found(home, tmp_path):
    table = let_out_noisy(home)
    path = write_release(tmp_path, [table], project="p", profile=OPEN, by=EYES, clock=CLOCK)
    path.write_text(path.read_text().replace('"margin": 30', '"margin": 2'))

    with pytest.raises(IntegrityError):
        read_release(path, Ledger(home.ledger))


WRONG = [
    ({"counts": (1, 2)}, "release.no-count"),
    ({"counts": (1, 2, -1)}, "release.no-count"),
    ({"categories": (("a", "a", "b"),)}, "release.keys-do-not-fit"),
    ({"categories": ((),), "counts": ()}, "release.keys-do-not-fit"),
    ({"dimensions": ("a", "b")}, "release.keys-do-not-fit"),
    ({"categories": (tuple(map(str, range(100_001))),)}, "release.too-many-cells"),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_a_question_that_does_not_fit_is_refused(change, code):
    with pytest.raises(InputError) as refused:
        asked(**change)

    assert refused.value.code == code


def test_true_counts_show_in_no_repr():
    assert "40" not in repr(asked())
