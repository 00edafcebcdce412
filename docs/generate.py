"""Write the pages that are made from the code: `make docs`.

docs/messages.md    every code with its sentence in Dutch and English
docs/rules, docs/link-matrix.md    the rules and the link matrix (`rule_pages`)
docs/analysis-guards.md    what an analysis may not do (`guard_pages`)
docs/api.md    in it, which screen has which operations (`api_pages`)
"""

from collections import defaultdict
from pathlib import Path

from grondslag.canonical import write_text
from grondslag.wording import LANGUAGES, catalogue

DOCS = Path(__file__).parent
MESSAGES = DOCS / "messages.md"
RULES = DOCS / "rules"
HEAD = """# Messages

<!-- Made by `make docs` from the catalogues in src/grondslag/wording/locales. Do not edit. -->

Every code of the engine with its sentence. A code is stable: scripts may depend on it. Words
between braces are filled in.
"""


def messages_page() -> str:
    """The page of all codes, per room."""
    folder = DOCS.parent / "src" / "grondslag" / "wording" / "locales" / LANGUAGES[0]
    rooms = sorted(path.stem for path in folder.glob("*.po"))
    return HEAD + "".join(_room(room) for room in rooms)


def _room(room: str) -> str:
    said: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for code, text in catalogue(room, language).items():
            said[code].append(text.replace("|", "\\|").replace("\n", " "))
    rows = "".join(f"| `{code}` | {' | '.join(texts)} |\n" for code, texts in sorted(said.items()))
    return f"\n## {room}\n\n| code | Nederlands | English |\n|---|---|---|\n{rows}"


if __name__ == "__main__":
    from api_pages import API_PAGE, api_page
    from guard_pages import GUARD_PAGE, guard_page  # reads the guards' tables, as below
    from rule_pages import pages  # reads the spec tables, which needs the tests' own tools

    RULES.mkdir(exist_ok=True)
    made = {MESSAGES: messages_page(), GUARD_PAGE: guard_page(), API_PAGE: api_page(), **pages()}
    for path, text in made.items():
        write_text(path, text)
        print(f"written: {path.relative_to(DOCS.parent)}")
