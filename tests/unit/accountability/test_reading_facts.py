"""Agreements and impact assessments are read whole, or refused with their line."""

from datetime import date

import pytest

from grondslag.accountability import (
    Accountability,
    AgreementType,
    ProcessingTerm,
    agreement_from,
    assessment_from,
    read_accountability,
)
from grondslag.canonical import to_yaml
from grondslag.errors import InputError
from grondslag.vocabulary import Trilean
from made_cases import agreement, impact
from made_contracts import as_read


def write(folder, *documents):
    folder.mkdir(exist_ok=True)
    for n, document in enumerate(documents):
        (folder / f"{n}.yaml").write_text(to_yaml(document), encoding="utf-8")
    return folder


def test_a_folder_gives_its_facts_by_key(tmp_path):
    facts = read_accountability(write(tmp_path, agreement(), impact()))

    assert facts.agreements["afspraak"].kind is AgreementType.PROCESSING
    assert facts.assessments["dpia"].review_date == date(2029, 1, 10)
    assert list(facts.hashes) == ["afspraak", "dpia"]
    assert all(len(digest) == 64 for digest in facts.hashes.values())


def test_no_folder_means_no_facts(tmp_path):
    assert read_accountability(tmp_path / "nergens") == Accountability()


def test_what_is_not_said_is_unclear():
    bare = {key: value for key, value in impact().items() if key != "human_intervention"}
    silent = agreement("joint")
    del silent["rights_arranged"]

    assert assessment_from(as_read(bare)).human_intervention is Trilean.UNCLEAR
    assert agreement_from(as_read(silent)).rights_arranged is Trilean.UNCLEAR


def test_missing_and_unclear_points_are_missing():
    terms = {"confidentiality": "yes", "audits": "unclear"}

    missing = agreement_from(as_read(agreement(terms=terms))).missing_terms

    assert ProcessingTerm.AUDITS in missing
    assert ProcessingTerm.CONFIDENTIALITY not in missing
    assert len(missing) == len(ProcessingTerm) - 1


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2029, 1, 1), True),
        (date(2029, 1, 2), False),
    ],
)
def test_an_agreement_binds_from_its_signing_until_its_last_day(day, valid):
    assert agreement_from(as_read(agreement())).is_valid(day) is valid


BROKEN = [
    (agreement() | {"kind": "belofte"}, "accountability.kind"),
    (agreement(valid_until="2026-01-01"), "accountability.term-backwards"),
    (agreement() | {"handtekening": "ja"}, "canonical.schema-unknown-key"),
    (impact(concluded="bijna"), "canonical.schema-not-in-list"),
    (impact(review_date="ooit"), "canonical.schema-wrong-form"),
]


@pytest.mark.parametrize(("document", "code"), BROKEN, ids=[code for _, code in BROKEN])
def test_a_fault_is_told_with_file_and_line(document, code, tmp_path):
    with pytest.raises(InputError) as caught:
        read_accountability(write(tmp_path, document))

    assert caught.value.code == code
    assert caught.value.fields["file"] == "0.yaml"
    assert caught.value.fields["line"] >= 1


def test_two_documents_never_share_a_key(tmp_path):
    with pytest.raises(InputError) as caught:
        read_accountability(write(tmp_path, agreement(), impact(key="afspraak")))

    assert caught.value.code == "accountability.key-twice"
