"""Pages of the rules and the link matrix, made from rule, citation, sentences and spec table.

docs/rules/<theme>.md    per theme of the law: each promise, its law, what it says, its cases
docs/rules/README.md     every rule with its theme
docs/link-matrix.md      which fields of work may be joined on the person, by which article
"""

import sys
from pathlib import Path

from grondslag.policy import RULES, Rule, describe_rule, link_matrix
from grondslag.policy.describing import describe_no_remedy
from grondslag.policy.matrix import Edge, EdgeCondition
from grondslag.vocabulary import Domain
from grondslag.wording import catalogue

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from made_cases import case  # noqa: E402 - after the path: the tables stand with the tests
from spec_tables import TABLES, unknown_rows  # noqa: E402 - after the path, as above

RULE_PAGES = DOCS / "rules"
MATRIX_PAGE = DOCS / "link-matrix.md"
UNKNOWN = unknown_rows()
MADE = "<!-- Made by `make docs` from the rules and their spec tables. Do not edit. -->\n"

THEMES = {
    "question": "Do we do this at all?",
    "purpose": "Purpose and further use",
    "consent": "Consent",
    "ground": "Legal basis and the body that bears the task",
    "catalogue": "What the owner described",
    "anonymity": "Anonymous records",
    "necessity": "Necessity per column",
    "ladder": "The ladder of outputs",
    "rights": "Rights of people and machine decisions",
    "algorithms": "Algorithms and the AI Act",
    "informing": "What people hear",
    "retention": "How long",
    "special": "Special and criminal data, the BSN",
    "exceptions": "The exceptions of the UAVG",
    "numbers": "The BSN belongs to the person",
    "brp": "The register of residents",
    "secrecy": "Medical, police and tax secrecy",
    "sector": "Records of care, youth, income, school, order",
    "observation": "Cameras, sensors, reading along online",
    "employees": "Employees",
    "publication": "Publication",
    "linking": "Linking on the person",
    "edges": "Linking across fields of work",
    "parties": "Other organisations",
    "transfers": "Countries outside the EEA",
    "assessment": "The impact assessment",
    "governance": "How a project is kept in hand",
}
"""Per module of rules its title; a module that is not here takes its own name."""


def pages() -> dict[Path, str]:
    """Every page of the rules, by its path, and the page of the matrix."""
    themes: dict[str, list[Rule]] = {}
    for rule in RULES:
        themes.setdefault(theme_of(rule), []).append(rule)
    made = {page_of(theme): _theme(theme, rules) for theme, rules in themes.items()}
    return made | {RULE_PAGES / "README.md": _contents(themes), MATRIX_PAGE: matrix_page()}


def theme_of(rule: Rule) -> str:
    """The theme a rule stands in: its module."""
    return rule.function.__module__.rpartition(".")[2]


def page_of(theme: str) -> Path:
    """The page of a theme."""
    return RULE_PAGES / f"{theme}.md"


def _title(theme: str) -> str:
    return THEMES.get(theme, theme.capitalize())


def _contents(themes: dict[str, list[Rule]]) -> str:
    rows = "".join(
        f"| [{_title(theme)}]({theme}.md) | `{rule.id}` | {_cell(describe_rule(rule))} |\n"
        for theme, rules in themes.items()
        for rule in rules
    )
    count = sum(map(len, themes.values()))
    return (
        f"# The rules\n\n{MADE}\n{count} rules. Which article is covered by which rule, and what is"
        " left to judgement: [law-coverage.md](../law-coverage.md).\n\n"
        f"| theme | rule | promise |\n|---|---|---|\n{rows}"
    )


def _theme(theme: str, rules: list[Rule]) -> str:
    return f"# {_title(theme)}\n\n{MADE}" + "".join(map(_rule, rules))


def _rule(rule: Rule) -> str:
    parts = [
        _heading(rule),
        _valid(rule),
        _law(rule),
        _sentences(rule),
        _remedies(rule),
        _cases(rule),
    ]
    return "\n".join(part for part in parts if part)


def _heading(rule: Rule) -> str:
    dutch, english = describe_rule(rule), describe_rule(rule, language="en")
    return f"\n## `{rule.id}`\n\n> {dutch}\n>\n> *{english}*\n"


def _valid(rule: Rule) -> str:
    until = "" if rule.valid_until is None else f" until {rule.valid_until}"
    return f"In force from {rule.valid_from}{until}.\n"


def _law(rule: Rule) -> str:
    if not rule.provisions:
        return "**Law.** None: a rule of the municipality's own.\n"
    lines = "".join(
        f"- [{item}]({item.url}), text of {item.statute.version_read}\n" for item in rule.provisions
    )
    return f"**Law**\n\n{lines}"


def _sentences(rule: Rule) -> str:
    said = [
        (code.rpartition(".")[2], text)
        for code, text in catalogue("policy", "nl").items()
        if code.startswith(f"policy.{rule.id}.")
    ]
    lines = "".join(f"- `{what}`: {text}\n" for what, text in said)
    return f"**What it says**\n\n{lines}" if lines else ""


def remedies_of(rule: Rule) -> tuple[str, ...]:
    """The sentences of every change that the rule offers in its table; each code looked at once."""
    seen: set[str] = set()
    offered: dict[str, None] = {}
    for _, changes, expected in TABLES.get(rule.id, ()):
        if not set(expected) - seen:
            continue
        for finding in rule.findings(case(changes)):
            seen.add(finding.code.rpartition(".")[2])
            offered |= dict.fromkeys(change.code for change in finding.remedies)
    said = catalogue("policy", "nl")
    return tuple(said[code] for code in offered)


def _remedies(rule: Rule) -> str:
    found = remedies_of(rule)
    if not found:
        return f"**What can be done.** {describe_no_remedy()}\n"
    return "**What can be done**\n\n" + "".join(f"- {text}\n" for text in found)


def _cases(rule: Rule) -> str:
    rows = [*TABLES.get(rule.id, ()), *UNKNOWN.get(rule.id, ())]
    if not rows:
        return "**Cases.** In the tests of the settings: this rule needs other settings.\n"
    lines = "".join(
        f"| {_cell(words)} | {', '.join(f'`{what}`' for what in expected) or 'passes'} |\n"
        for words, _, expected in rows
    )
    return f"**Cases**\n\n| in a lawful plan | the rule finds |\n|---|---|\n{lines}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def matrix_page() -> str:
    """The page of the link matrix: every pair of fields, and what opens it."""
    matrix = link_matrix()
    fields = sorted(Domain)
    head = "| | " + " | ".join(fields) + " |\n" + "|---" * (len(fields) + 1) + "|\n"
    grid = "".join(
        f"| **{one}** | " + " | ".join(_mark(one, other) for other in fields) + " |\n"
        for one in fields
    )
    edges = "".join(_edge(edge) for edge in matrix.edges)
    residents = ", ".join(f"`{name}`" for name in sorted(matrix.residents))
    return f"""# The link matrix

{MADE}
Which fields of work may be joined **on the person**. Closed unless a law opens it: a pair that does
not stand here is refused, whoever signs. The rule is `linking.edge-is-open`
([page](rules/edges.md)); a link still needs its own ground, both owners, a reason and a last day.
When three fields come together, every pair of them must be open. The table that comes out is
measured after the join: its smallest group is taken over the columns of all joined datasets, below
the highest minimum of their owners it is not delivered, and the proof of the delivery names it.

`.` closed · `=` one field, nothing is crossed · `T` any article that gives the controller a task ·
`L` an article below · `!` an article below, with advice of the data protection officer first

{head}{grid}
## What opens a pair

| pair | article | when | from | until | what for |
|---|---|---|---|---|---|
{edges}
Residents (`brp`) serve every task in law (Wet BRP art. 3.8): {residents}.

Employees are joined with nothing. SUWI art. 65, on risk scores, opens nothing here. A jurist of the
municipality can add an article that was read (`confirmed`, `opens`, in the settings); nothing but a
partnership of the WGS opens income with public order.
"""


def _mark(one: Domain, other: Domain) -> str:
    if one is other:
        return "="
    matrix = link_matrix()
    if matrix.serves_any_task(one, other):
        return "T"
    edges = matrix.between(one, other)
    if not edges:
        return "."
    return "!" if any(edge.extra_care for edge in edges) else "L"


_WHEN = {
    EdgeCondition.TASK: "a task of the controller",
    EdgeCondition.CONSENT: "explicit consent of the person",
    EdgeCondition.JOINT: "joint controllers, with an arrangement",
    EdgeCondition.PARTNERSHIP: "partnership of the WGS",
}


def _edge(edge: Edge) -> str:
    pair = " - ".join(sorted(edge.domains))
    when = _WHEN[edge.condition] + (f": {edge.partnership}" if edge.partnership else "")
    last = "-" if edge.valid_until is None else str(edge.valid_until)
    link = f"[{edge.provision}]({edge.provision.url})"
    return f"| {pair} | {link} | {when} | {edge.valid_from} | {last} | {edge.why} |\n"
