"""A page that is made from the code is the page that stands there."""

import importlib.util

from our_source import ROOT


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_messages_is_up_to_date():
    pages = generator()

    assert pages.MESSAGES.read_text(encoding="utf-8") == pages.messages_page(), "run: make docs"
