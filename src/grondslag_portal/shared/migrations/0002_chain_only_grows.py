"""The database itself refuses to change or remove a record of the audit chain."""

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS chain_not_changed BEFORE UPDATE ON shared_chainrecord
    BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END""",
    """CREATE TRIGGER IF NOT EXISTS chain_not_removed BEFORE DELETE ON shared_chainrecord
    BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END""",
    # "INSERT OR REPLACE" removes a row without asking the trigger above.
    """CREATE TRIGGER IF NOT EXISTS chain_not_replaced BEFORE INSERT ON shared_chainrecord
    WHEN EXISTS (SELECT 1 FROM shared_chainrecord WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END""",
)
_SQLITE_GONE = (
    "DROP TRIGGER IF EXISTS chain_not_changed",
    "DROP TRIGGER IF EXISTS chain_not_removed",
    "DROP TRIGGER IF EXISTS chain_not_replaced",
)
_POSTGRES = (
    """CREATE OR REPLACE FUNCTION chain_only_grows() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit chain only grows'; END $$""",
    """CREATE OR REPLACE TRIGGER chain_not_changed BEFORE UPDATE OR DELETE ON shared_chainrecord
    FOR EACH ROW EXECUTE FUNCTION chain_only_grows()""",
    """CREATE OR REPLACE TRIGGER chain_not_emptied BEFORE TRUNCATE ON shared_chainrecord
    FOR EACH STATEMENT EXECUTE FUNCTION chain_only_grows()""",
)
_POSTGRES_GONE = (
    "DROP TRIGGER IF EXISTS chain_not_changed ON shared_chainrecord",
    "DROP TRIGGER IF EXISTS chain_not_emptied ON shared_chainrecord",
)


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; those that stand already are left."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRES)


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    _run(connection, _SQLITE_GONE if connection.vendor == "sqlite" else _POSTGRES_GONE)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: guard(editor.connection),
            lambda _apps, editor: unguard(editor.connection),
        )
    ]
