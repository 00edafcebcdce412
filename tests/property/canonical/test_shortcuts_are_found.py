"""No anchor, alias, tag or directive passes, wherever in a text PyYAML's scanner finds one."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grondslag.canonical import read_document
from grondslag.errors import InputError

SHORTCUTS = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken, yaml.DirectiveToken)
PARTS = st.sampled_from([*"ab1 -:?,[]{}|>&*!%#.~\n", "'", '"', "- ", ": ", "\n  ", "%YAML 1.2\n"])


def scanned(text):
    """The shortcuts that stand in a text before it breaks, if it does."""
    found = []
    with suppress(yaml.YAMLError):
        found.extend(token for token in yaml.scan(text) if isinstance(token, SHORTCUTS))
    return found


@given(st.lists(PARTS, max_size=12).map("".join))
def test_a_text_with_a_shortcut_is_refused(text):
    if scanned(text):
        with pytest.raises(InputError):
            read_document(text)
