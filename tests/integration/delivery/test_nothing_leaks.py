"""No number, key, pseudonym or value of a row stands anywhere it does not belong."""

import base64
import random
from itertools import combinations, pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grondslag.keys import KeyKind, derive, person_token
from grondslag.processing_log import as_ldv, read_entry
from small_project import CONFIDED, REPORTS, write_reports
from small_town import files_below, make_small_town


def spellings(secret):
    """How bytes could stand in a file."""
    return {secret, secret.hex().encode(), base64.b64encode(secret), base64.b64encode(secret[:15])}


def keys_of(town, delivery):
    vault = town.installation.vault
    return [
        vault.read(KeyKind.PROJECT, "veilige-straat"),
        vault.read(KeyKind.DELIVERY, delivery),
        vault.read(KeyKind.LOG, "2027"),
        vault.read(KeyKind.LOG, "sealed-counts"),
    ]


def places_of(town):
    """Everything that is kept of a delivery, keys apart."""
    home = town.installation.home
    for folder in (town.project, home / "audit", home / "processing_log", home / "delivering"):
        yield from files_below(folder)
    yield town.installation.witness


def test_no_file_holds_a_number_a_free_text_a_pseudonym_or_a_key(delivered):
    delivery = delivered.visible[0].name
    keys = keys_of(delivered, delivery)
    project = derive(keys[0], purpose="pseudonym", context="veilige-straat")
    secrets = {row.bsn.encode() for row in REPORTS} | {CONFIDED.encode()}
    for key in (*keys, project, *(person_token(row.bsn, project) for row in REPORTS)):
        secrets |= spellings(key)

    found = [
        f"{path.name}: secret {at}"
        for path in places_of(delivered)
        for at, secret in enumerate(secrets)
        if secret in path.read_bytes()
    ]

    assert found == []
    assert len(list(places_of(delivered))) > 15


def test_no_value_of_a_row_stands_in_manifest_proof_chain_or_statement(delivered):
    folder = delivered.visible[0]
    values = {value.encode() for row in REPORTS for value in (row.soort, row.report)}
    read = [folder / "manifest.json", folder / "proof.json"]
    read += files_below(delivered.installation.audit_folder)

    found = [f"{path.name}: {value!r}" for path in read for value in values
             if value in path.read_bytes()]  # fmt: skip

    assert found == []


def test_the_log_gives_no_number_also_when_it_is_read_as_a_log(delivered):
    path = next(files_below(delivered.installation.processing_log / "2027"))

    told = repr(list(as_ldv(path)))

    assert [row.bsn for row in REPORTS if row.bsn in told] == []


def test_a_delivered_table_is_of_no_use_without_its_key(delivered):
    path = delivered.visible[0] / "meldingen.parquet"

    with pytest.raises((OSError, pa.ArrowException)):
        pq.read_table(path)

    assert path.read_bytes()[:4] == b"PARE"  # encrypted, the list of columns as well
    assert b"buurt" not in path.read_bytes()


def test_no_object_shows_its_key(delivered):
    opened = delivered.open()

    shown = repr(opened) + repr(opened.judged) + repr(delivered.installation)

    key = delivered.installation.vault.read(KeyKind.DELIVERY, opened.id)
    assert [text for text in spellings(key) if text.decode("latin-1") in shown] == []
    assert repr(key) not in shown


@pytest.mark.parametrize("fixture", ["town", "monthly"])
def test_tables_do_not_depend_on_the_order_of_the_source(fixture, request, tmp_path_factory):
    town = request.getfixturevalue(fixture)
    rows = [row for row in REPORTS if fixture == "town" or row.soort != "anders"]
    town.deliver()
    before = town.open().table("meldingen")

    other = shuffled(tmp_path_factory.mktemp("other"), rows, town)
    other.deliver()
    after = other.open().table("meldingen")

    names = [name for name in before.schema.names if name != "bsn"]
    assert after.select(names).to_pylist() == in_order_of(after, before, names)


def shuffled(folder, rows, like):
    """Another town with the same rows in another order."""
    town = make_small_town(folder)
    mixed = list(rows)
    random.Random(7).shuffle(mixed)
    assert mixed != rows
    write_reports(folder / "data", mixed)
    (town.project / "plan.yaml").write_bytes((like.project / "plan.yaml").read_bytes())
    town.sign()
    return town


def in_order_of(after, before, names):
    """The rows of *before*; with pseudonyms their order is that of the new pseudonyms."""
    if "bsn" not in before.schema.names:
        return before.select(names).to_pylist()
    assert after.column("bsn").to_pylist() == sorted(after.column("bsn").to_pylist())
    assert sorted(map(repr, after.select(names).to_pylist())) == sorted(
        map(repr, before.select(names).to_pylist())
    )
    return after.select(names).to_pylist()


def test_source_delivery_and_log_each_have_an_order_of_their_own(monthly):
    delivery = monthly.deliver()
    vault = monthly.installation.vault
    project = vault.read(KeyKind.PROJECT, "veilige-straat")
    key = derive(project, purpose="pseudonym", context="veilige-straat")
    path = monthly.installation.processing_log / "2027" / f"{delivery.id}.parquet"
    entry, log_key = read_entry(path), vault.read(KeyKind.LOG, "2027")
    in_source = list(dict.fromkeys(row.bsn for row in REPORTS))
    by_pseudonym = {person_token(one, key).hex(): one for one in in_source}
    by_log = {entry.pseudonym(one, log_key).hex(): one for one in in_source}

    rows = monthly.open().table("meldingen").column("bsn").to_pylist()
    in_delivery = [by_pseudonym[one] for one in dict.fromkeys(rows)]
    in_log = [by_log[item["attributes"]["dpl.core.data_subject_id"]] for item in as_ldv(path)]

    in_source = [one for one in in_source if one in set(in_log)]
    assert sorted(in_log) == sorted(in_delivery) == sorted(in_source)
    for one, other in combinations((in_source, in_delivery, in_log), 2):
        assert standing_still(one, other) < len(in_log) / 10


def standing_still(one, other):
    """How many persons are followed by the same person in both."""
    return len(set(pairwise(one)) & set(pairwise(other)))
