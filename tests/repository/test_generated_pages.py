"""A page that is made from the code is the page that stands there."""

import importlib.util

from our_source import ROOT


def generator(name="generate"):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_messages_is_up_to_date():
    pages = generator()

    assert pages.MESSAGES.read_text(encoding="utf-8") == pages.messages_page(), "run: make docs"


def test_the_page_of_guards_is_up_to_date():
    pages = generator("guard_pages")

    assert pages.GUARD_PAGE.read_text(encoding="utf-8") == pages.guard_page(), "run: make docs"


def test_the_table_of_screens_and_operations_is_up_to_date():
    pages = generator("api_pages")

    assert pages.API_PAGE.read_text(encoding="utf-8") == pages.api_page(), "run: make docs"
