"""No record of the audit chain is changed or removed through the portal's own database door."""

import pytest
from django.db import DatabaseError, connection, transaction

from grondslag_portal.shared.models import ChainRecord

CHANGES = {
    "update": "UPDATE shared_chainrecord SET actor = 'somebody else'",
    "delete": "DELETE FROM shared_chainrecord",
    "replace": "INSERT INTO shared_chainrecord (number, time, actor, action, object, line, head)"
    " VALUES (1, '', 'somebody else', '', '', '', '')"
    " ON CONFLICT (number) DO UPDATE SET actor = 'somebody else'",
}


@pytest.fixture
def record(db):
    return ChainRecord.objects.create(
        number=1, time="2026-11-28T12:00:00Z", actor="a", action="b", object="c",
        line=b"{}", head=b"{}",
    )  # fmt: skip


@pytest.mark.parametrize("way", CHANGES)
def test_the_database_refuses_a_change_of_the_chain(record, way):
    refused = pytest.raises(DatabaseError, match="only grows")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGES[way])
    record.refresh_from_db()
    assert record.actor == "a"


def test_the_models_can_neither_save_nor_delete_a_record(record):
    record.actor = "somebody else"
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        record.save()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        record.delete()
    assert ChainRecord.objects.get().actor == "a"


def test_the_next_record_is_still_added(record):
    record.pk = 2
    record.save(force_insert=True)
    assert ChainRecord.objects.count() == 2
