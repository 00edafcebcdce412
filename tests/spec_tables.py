"""Every table of every theme of the rules, and the theme it stands in: for tests and for pages."""

import importlib.util
from pathlib import Path

FOLDER = Path(__file__).parent / "spec" / "policy"


def _read(pattern):
    found = {}
    for path in sorted(FOLDER.glob(pattern)):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if module.TABLES.keys() & found.keys():
            raise AssertionError(f"{path.name}: a rule has two tables")
        found |= module.TABLES
    return found


TABLES = _read("test_*_rules.py")
"""Per rule its rows: in words, the difference, what the rule finds."""


def unknown_rows():
    """Per rule the rows about what is not known that stand apart."""
    return _read("test_what_is_not_known.py")
