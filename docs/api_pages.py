"""The table of screens and operations in docs/api.md: what a screen does, a program can do too.

A screen has operations, or a reason why it has none. A test fails when one has neither.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

API_PAGE = Path(__file__).parent / "api.md"
BEGIN, END = "<!-- Screens: made by `make docs`. -->\n", "<!-- End of the screens. -->\n"

SIGNS = "People sign, advise, release and decide. A program never does."
ANEW = "Who does this shows anew who they are. A program cannot."
OWN = "About one person and their own session, calendar or draft."
READS = "Text for people; nothing to read for a program."
FG = "For a role that is never given to a program."
AGREES = "Agreeing for a department is deciding. People do."

SCREENS: Mapping[str, tuple[str, ...] | str] = {
    "assessments:advice": ("readAdvice",),
    "assessments:advise": SIGNS,
    "assessments:answer": SIGNS,
    "assessments:decision": ("readApproval",),
    "assessments:sign": SIGNS,
    "catalogue:about-dataset": ("listDatasetNotes", "writeDatasetNote"),
    "catalogue:about-term": ("listTermNotes", "writeTermNote"),
    "catalogue:accept": AGREES,
    "catalogue:add": ("addDataset",),
    "catalogue:answer": ("answerNote",),
    "catalogue:change-term": ("changeTerm",),
    "catalogue:dataset": ("readDataset", "readContract", "listContractVersions"),
    "catalogue:difference": ("readDifference",),
    "catalogue:differences": ("listDifferences",),
    "catalogue:download": ("readContractVersion",),
    "catalogue:inbox": ("listNotes",),
    "catalogue:json-ld": "Is for programs itself: DCAT-AP-NL, without a token.",
    "catalogue:list": ("listDatasets",),
    "catalogue:managers": ("listManagers",),
    "catalogue:measure": AGREES,
    "catalogue:new-term": ("writeTerm",),
    "catalogue:parts": ("replaceContract",),
    "catalogue:propose": ("proposeSettling",),
    "catalogue:replace": ("replaceContract",),
    "catalogue:take-over": AGREES,
    "catalogue:term": ("readTerm",),
    "catalogue:terms": ("listTerms",),
    "catalogue:turtle": "Is for programs itself: DCAT-AP-NL, without a token.",
    "decisions:check": SIGNS,
    "decisions:council": ("readDecision", "readReport"),
    "decisions:decision": ("readDecision",),
    "decisions:list": ("listDecisions",),
    "decisions:review": ("reviewDecision",),
    "decisions:write": ("readDecisionDraft", "writeDecisionDraft"),
    "deliveries:analyse": ("startAnalysis",),
    "deliveries:delivery": ("listDeliveries", "listRuns"),
    "deliveries:figures": ("readFigures",),
    "deliveries:insight": ("readInsight", "listRuns"),
    "deliveries:progress": ("listRuns",),
    "deliveries:proof": ("readProof",),
    "deliveries:release": SIGNS,
    "deliveries:report": ("readReport",),
    "deliveries:report-again": ("startReport",),
    "deliveries:report-pdf": ("readReport",),
    "deliveries:start": ("startDelivery",),
    "home:calendar": OWN,
    "home:known": ("listProjectsAlike",),
    "home:lessons": ("listLessons",),
    "home:my-work": ("listTasks",),
    "home:overview": ("readOverview",),
    "home:reminders": OWN,
    "home:sample": FG,
    "home:search": ("listProjects", "listDatasets", "listTerms", "listRules"),
    "organisations:authorities": ANEW,
    "organisations:authorities-draft": ("readAuthoritiesDraft",),
    "organisations:away": OWN,
    "organisations:close": ANEW,
    "organisations:end-role": ANEW,
    "organisations:give-role": ANEW,
    "organisations:person": ("readPerson",),
    "organisations:provider*": OWN,
    "organisations:review": SIGNS,
    "organisations:reviews": ("listRightsReviews",),
    "organisations:sign-in": OWN,
    "organisations:sign-out": OWN,
    "organisations:step-up": OWN,
    "organisations:who-may-what": ("listGrants", "listGaps"),
    "projects:*-typed": OWN,
    "projects:begin": ("beginProject",),
    "projects:data": ("readPlan", "readFindings"),
    "projects:data-*": ("replacePlan",),
    "projects:export": ("exportProject",),
    "projects:ground": ("readPlan", "readFindings"),
    "projects:ground-*": ("replacePlan",),
    "projects:hand-over": ANEW,
    "projects:import": ("importProject",),
    "projects:list": ("listProjects",),
    "projects:project": ("readProject",),
    "projects:question": ("readPlan", "readFindings"),
    "projects:question-*": ("replacePlan",),
    "projects:remedy": ("changePlan",),
    "projects:reopen": ("reopenProject",),
    "projects:rules": ("readFindings",),
    "projects:rules-apply": ("changePlan",),
    "public:check": "Looks at a text in the browser; nothing is sent.",
    "public:project": ("readPublicProject",),
    "public:register": ("listPublicProjects",),
    "shared:accessibility": READS,
    "shared:here": OWN,
    "shared:language": OWN,
    "shared:logged": READS,
    "shared:privacy": READS,
    "tokens:give": ANEW,
    "tokens:list": "A token tells nothing of other tokens.",
    "tokens:token": ANEW,
}
"""Per screen, by the name of its address: the operations that do the same, or why there are none.

A name with a star stands for every screen of that kind that has no row of its own.
"""

ONLY_HERE = frozenset(
    {"listDocuments", "readDocument", "readAuditVerification", "verifyAudit", "readDescription"}
)
"""Operations without a screen: the documents themselves, the audit chain, the API."""


def row_of(screen: str) -> str:
    """The name of the row of a screen; empty when it has none."""
    if screen in SCREENS:
        return screen
    return next((name for name in SCREENS if "*" in name and fnmatchcase(screen, name)), "")


def table() -> str:
    """The table, in Markdown."""
    rows = "".join(
        f"| `{screen}` | {found if isinstance(found, str) else _operations(found)} |\n"
        for screen, found in sorted(SCREENS.items())
    )
    return f"| screen | operations, or why there are none |\n|---|---|\n{rows}"


def api_page() -> str:
    """The page of the API, with the table as it is now."""
    before, _, rest = API_PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def _operations(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
