"""A check needs the owner's mandate, and others than the owner see less of it."""

import pytest

from grondslag.errors import ApprovalError, InputError
from grondslag.quality import Count, FaultKind, check_contract
from grondslag.sources import locate
from made_checks import (
    FOUND,
    ROWS,
    checked,
    counts_in,
    found_in,
    may_check,
    owned,
    write_csv,
)
from made_contracts import column, made_contract
from town import at, refused


def dirty(folder, wrong, rows=100, **parts):
    """A contract, and data in which so many rows break it."""
    contract = owned(folder, columns=[column("ernst", privacy={"values": ["licht"]}),
                                      column("nummer", "integer")], **parts)  # fmt: skip
    values = [("zwaar" if n < wrong else "licht", str(n)) for n in range(rows)]
    write_csv(folder / "meldingen.csv", values, names=["ernst", "nummer"])
    return contract


ROUNDED = [
    # data        wrong  for owner   count, about   lines
    ("real", 1, False, (10, True), 0),
    ("real", 14, False, (10, True), 0),
    ("real", 16, False, (20, True), 0),
    ("real", 57, False, (60, True), 0),
    ("made_up", 57, False, (60, True), 0),
    ("open", 57, False, (57, False), 5),
    ("open", 10, False, (10, False), 5),
    ("open", 9, False, (10, True), 0),
    ("open", 1, False, (10, True), 0),
    ("real", 1, True, (1, False), 1),
    ("real", 57, True, (57, False), 5),
]


@pytest.mark.parametrize(("data", "wrong", "for_owner", "count", "lines"), ROUNDED)
def test_counts_are_rounded_for_others_than_the_owner(
    tmp_path, town, data, wrong, for_owner, count, lines
):
    contract = dirty(tmp_path, wrong, privacy={"data": data})

    (fault,) = checked(town, contract, tmp_path, for_owner=for_owner).faults

    assert fault.kind is FaultKind.NOT_IN_LIST
    assert fault.count == Count(*count)
    assert len(fault.lines) == lines
    assert ("ongeveer" in fault.explain()) is fault.count.is_about


def test_whoever_says_nothing_is_no_owner(tmp_path, town):
    contract = dirty(tmp_path, 1)

    report = check_contract(
        may_check(town, contract), contract, locate(contract, tmp_path), clock=town.clock
    )

    assert report.faults[0].count == Count(10, is_about=True)
    assert report.rows == Count(100, is_about=True)
    assert report.source_sha256 == ""


def test_names_of_columns_are_shown_to_everyone(tmp_path, town):
    contract = owned(tmp_path)
    write_csv(tmp_path / "meldingen.csv", [["1", "x"]], names=["nummer", "vreemd"])

    report = checked(town, contract, tmp_path, for_owner=False)

    assert (FaultKind.EXTRA_COLUMN, "vreemd", "") in counts_in(report)
    assert (FaultKind.MISSING_COLUMN, "dag", "") in counts_in(report)


def test_no_more_than_five_lines_are_named(tmp_path, town):
    contract = dirty(tmp_path, 57)

    report = checked(town, contract, tmp_path)

    assert found_in(report) == {(FaultKind.NOT_IN_LIST, "ernst", ""): (2, 3, 4, 5, 6)}


def test_a_file_without_names_shows_nothing_of_its_first_row(tmp_path, town):
    contract = owned(tmp_path)
    write_csv(tmp_path / "meldingen.csv", ROWS[1:], names=ROWS[0])

    with refused("quality.no-names") as caught:
        checked(town, contract, tmp_path)

    assert "rustige straat" not in str(caught.value)


def test_without_a_mandate_nothing_is_opened(tmp_path, town):
    contract = dirty(tmp_path, 1)

    for stranger in (None, object(), contract):
        with refused("quality.needs-check-mandate"):
            check_contract(stranger, contract, locate(contract, tmp_path), clock=town.clock)


def test_a_mandate_for_another_contract_opens_nothing(tmp_path, town):
    contract = dirty(tmp_path, 1)
    other = made_contract(tmp_path / "ander", name="ander")
    changed = dirty(tmp_path / "nieuw", 1, privacy={"minimum_group": 3})

    for mandate in (may_check(town, other), may_check(town, changed)):
        with pytest.raises(ApprovalError):
            check_contract(mandate, contract, locate(contract, tmp_path), clock=town.clock)


def test_a_mandate_of_yesterday_opens_nothing(tmp_path, town):
    contract = dirty(tmp_path, 1)

    with refused("approval.mandate-over"):
        checked(town, contract, tmp_path, clock=at(2027, 3, 3))


BROKEN = [
    (b"", "sources.empty-file"),
    (b"ernst,nummer\nlicht,1\nlicht\n", "sources.broken-row"),
    (b"ernst,nummer\nlicht\xe9,1\n", "sources.wrong-encoding"),
]


@pytest.mark.parametrize(("content", "code"), BROKEN)
def test_a_file_that_cannot_be_read_is_refused_and_not_half_checked(tmp_path, town, content, code):
    contract = dirty(tmp_path, 1)
    (tmp_path / "meldingen.csv").write_bytes(content)

    with pytest.raises(InputError) as caught:
        checked(town, contract, tmp_path)

    assert caught.value.code == code


def test_the_table_of_faults_has_every_kind_that_counts_rows():
    kinds = {kind for kind, _, _ in FOUND}

    assert kinds == set(FaultKind) - {
        FaultKind.EMPTY, FaultKind.MISSING_COLUMN, FaultKind.COLUMN_TWICE,
        FaultKind.EXTRA_COLUMN, FaultKind.STALE, FaultKind.UNDATED,
    }  # fmt: skip
