"""What may happen in one place only, happens in that place only."""

import ast
import re

import pytest

from our_source import SOURCE, calls, modules, place, room_file

ENGINE_ROOMS = (
    "sources/", "delivery/compile.py", "quality/", "anonymise/", "methods/", "synthetic/",
)  # fmt: skip
"""Where a data engine or the expression compiler may be known (docs/architecture.md)."""

ENGINES = {"duckdb", "sqlglot", "adbc_driver_postgresql"}
CLOCK_CALLS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
SQL = re.compile(
    r"\b(select\s.+\bfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|create\s+(or\s+replace\s+)?"
    r"(temp(orary)?\s+)?(table|view)|drop\s+(table|view)|attach\b|copy\s.+\bto)\b",
    re.IGNORECASE | re.DOTALL,
)


def imported(tree):
    """The top package of each import, with its node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.partition(".")[0], node
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0], node


def in_engine_rooms(path):
    return room_file(path).startswith(ENGINE_ROOMS)


def test_data_engines_are_known_in_few_places():
    strangers = [
        f"{place(path, node)} imports {name}"
        for path, tree in modules()
        if not in_engine_rooms(path)
        for name, node in imported(tree)
        if name in ENGINES
    ]

    assert strangers == []


def test_only_the_clock_asks_the_machine_for_the_time():
    asking = [
        place(path, call)
        for path, tree in modules()
        if path != SOURCE / "clock.py"
        for name, call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and (getattr(call.func.value, "id", getattr(call.func.value, "attr", "")), name)
        in CLOCK_CALLS
    ]

    assert asking == []


def with_variable_parts(node):
    """The fixed text of an expression that puts a text together; empty for other expressions."""
    if isinstance(node, ast.JoinedStr) and any(
        isinstance(part, ast.FormattedValue) for part in node.values
    ):
        return " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add)):
        return " ".join(
            side.value
            for side in (node.left, node.right)
            if isinstance(side, ast.Constant) and isinstance(side.value, str)
        )
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
    ):
        return str(getattr(node.func.value, "value", ""))
    return ""


@pytest.mark.parametrize(
    "text",
    [
        'f"SELECT a FROM {table}"',
        '"select * from %s" % table',
        '"DELETE FROM " + table',
        '"COPY x TO {}".format(path)',
        'f"ATTACH {path}"',
        'f"create or replace temp table {name} as x"',
    ],
)
def test_the_search_for_sql_finds_sql(text):
    assert SQL.search(with_variable_parts(ast.parse(text, mode="eval").body))


def test_sql_is_never_put_together_from_texts():
    glued = [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        if SQL.search(with_variable_parts(node))
    ]

    assert glued == []


def test_every_error_raised_on_purpose_is_of_ours():
    nameless = {
        "Exception",
        "BaseException",
        "RuntimeError",
        "NotImplementedError",
    }

    raised = [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and nameless & {getattr(getattr(node.exc, "func", node.exc), "id", "")}
    ]

    assert raised == []


def test_no_error_is_caught_without_a_name():
    blind = [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not is_raised_again(node)
    ]

    # The command line's last catch: a fault of ours must not show a value from a row.
    assert [where for where in blind if "cli/__init__.py" not in where] == []


def is_raised_again(handler):
    """Whether a handler clears up and then lets the same error go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
