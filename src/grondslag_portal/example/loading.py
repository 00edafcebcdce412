"""Voorbeeldstad as it is found on the first day: data, people, and projects on their way.

Each project is taken along the road by the engine, signed by the players in their own roles. One
waits for advice, one has its answer and waits for a decision, one was decided, one ended in a no,
and one was only just begun.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from grondslag.analysis.answering import analyse, release_answer
from grondslag.analysis.usefulness import answer_use
from grondslag.approval import (
    FAST,
    bundle_for,
    required_seats,
    seal_fast_lane,
    sign_bundle,
    sign_consent,
)
from grondslag.cli.examples import example_folder
from grondslag.contracts import read_contracts
from grondslag.decision.deciding import decide
from grondslag.delivery import deliver, read_project
from grondslag.plan import read_plan
from grondslag.plan.first import FirstAnswers, to_settle
from grondslag.report import report_project
from grondslag.synthetic import make_theme, make_town
from grondslag.synthetic.town import FILES
from grondslag.vocabulary import AlternativeVerdict, AlternativeWay, Proceed, SigningRole
from grondslag_portal.example.datasets import add_datasets
from grondslag_portal.example.people import make_home, make_people
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import Workplace, add_project, at_work, begin_project
from grondslag_portal.shared import engine

SOURCES = "bronnen"
_LEFT_OUT = ("plan-eerste.yaml", "plan-anoniem.yaml", "plan-afstand.yaml", "decision.yaml")
_SIGNERS = {
    SigningRole.OWNER: "eigenaar",
    SigningRole.PRIVACY_OFFICER: "privacy",
    SigningRole.DECIDER: "beslisser",
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Stage:
    """An example that is taken along the road.

    Args:
        project: The project in the portal.
        example: The folder it came from.
        people: The players, by account.
        sources: Per dataset its file.
    """

    project: Project
    example: Path
    people: Mapping[str, Person]
    sources: Mapping[str, Path]


def load_voorbeeldstad(*, password: str, residents: int, say: Say) -> None:
    """Make Voorbeeldstad in a portal that has nothing yet.

    Args:
        password: Of every account.
        residents: How many made-up residents.
        say: Told the code of each step that begins.

    Raises:
        InputError: There is an installation already.
    """
    say("example.people")
    make_home()
    people = make_people(password=password)
    say("example.data")
    folder = settings.DATA / SOURCES
    themes = {name: make_theme(name, folder).sources for name in ("mobiliteit", "wonen")}
    # The town last: its map is that of the themes with residents, and takes its place.
    town = make_town(folder, today=engine.today(), residents=residents)
    sources = {name: folder / file for name, file in FILES.items() if name in town.sources}
    add_datasets(by=people["eigenaar"], data_office=people["beheer"])
    say("example.projects")
    add_example("verkeer", people, sources)
    decided = add_example("mobiliteit", people, themes["mobiliteit"])
    answer_stage(decided)
    decide_stage(decided)
    waiting = add_example("wonen", people, themes["wonen"])
    answer_stage(waiting)
    _add_no(people["adviseur"])
    _add_beginning(people["adviseur"])


def add_example(theme: str, people: Mapping[str, Person], sources: Mapping[str, Path]) -> _Stage:
    """Add the documents of an example as a project of the adviser."""
    example = example_folder(f"voorbeeldstad-{theme}")
    documents = {
        path.relative_to(example).as_posix(): path.read_bytes()
        for path in sorted(example.rglob("*"))
        if path.is_file() and path.name not in _LEFT_OUT
    }
    department, _ = Department.objects.get_or_create(
        key=theme, defaults={"name": theme.capitalize()}
    )
    if theme == "verkeer":
        department = Department.objects.get(key="mobiliteit")
    project = add_project(documents, by=people["adviseur"], department=department)
    return _Stage(project, example, people, sources)


def answer_stage(stage: _Stage) -> None:
    """Approve, deliver, analyse, release and report, each by who may."""
    people = stage.people
    approve_stage(stage)
    with at_work(stage.project, by=people["analist"]) as place:
        deliver(
            place.folder, place.installation, clock=place.clock, sources=stage.sources,
            actor=people["analist"].name, put=answer_use,
        )  # fmt: skip
        analyse(place.folder, place.installation, clock=place.clock, actor=people["analist"].name)
        signer = engine.signer_for(people["eigenaar"].name)
        release_answer(place.folder, place.installation, signer=signer, clock=place.clock)
        report_project(place.folder, place.installation, clock=place.clock)


def approve_stage(stage: _Stage) -> None:
    """Let every seat sign; without personal data the owners' consent is enough."""
    with at_work(stage.project, by=stage.people["beslisser"]) as place:
        judgement = read_project(place.folder, clock=place.clock).judgement
        if judgement.lane == FAST:
            _consent(place, stage)
            seal_fast_lane(place.folder, place.installation, judgement, clock=place.clock)
            return
        bundle = bundle_for(place.folder, place.installation, judgement, clock=place.clock)
        for seat in required_seats(bundle):
            name = stage.people[_SIGNERS[seat.role]].name
            sign_bundle(
                place.folder, place.installation, judgement, seat=seat,
                signer=engine.signer_for(name), clock=place.clock,
            )  # fmt: skip


def decide_stage(stage: _Stage) -> None:
    """Record the decision of the example, signed by the decider."""
    with at_work(stage.project, by=stage.people["beslisser"]) as place:
        decide(
            place.folder, place.installation, stage.example / "decision.yaml",
            signer=engine.signer_for(stage.people["beslisser"].name), clock=place.clock,
        )  # fmt: skip
        report_project(place.folder, place.installation, clock=place.clock)


def _consent(place: Workplace, stage: _Stage) -> None:
    plan, contracts = (
        read_plan(place.folder / "plan.yaml"),
        read_contracts(place.folder / "contracts"),
    )
    owner = engine.signer_for(stage.people["eigenaar"].name)
    for need in plan.data:
        extra = [part.column for part in (need.period, need.area) if part is not None]
        columns = dict.fromkeys([*(column.name for column in need.columns), *extra])
        sign_consent(
            place.installation, contracts[need.dataset], columns=columns, until=plan.end_date,
            signer=owner, clock=place.clock,
        )  # fmt: skip


def _add_no(adviser: Person) -> None:
    """A question that was answered with a no: counting people by their telephones."""
    alternatives = [
        {
            "way": str(way),
            "verdict": str(
                AlternativeVerdict.WORKS
                if way is AlternativeWay.COUNT_ONLY
                else AlternativeVerdict.NO_ANSWER
            ),
            "reason": "Een teller die niemand herkent, zegt genoeg."
            if way is AlternativeWay.COUNT_ONLY
            else "Dit zegt niet hoe druk het op een uur is.",
        }
        for way in AlternativeWay
    ]
    answers = FirstAnswers(
        problem="In de binnenstad is het op zaterdag soms te druk. Mensen staan in de drukte vast.",
        know="Hoe druk is het per uur in de Winkelstraat, tussen maart en juni 2027?",
        decision={
            "what": "Het college besluit of de Winkelstraat op zaterdag autovrij wordt.",
            "if_yes": "De straat gaat op zaterdag dicht voor auto's, als proef van een half jaar.",
            "if_no": "De straat blijft open. We kijken over een jaar nog eens.",
            "decider": {"body": "college"},
        },
        needed_by=None,
        alternatives=alternatives,
        proceed={
            "answer": str(Proceed.NO),
            "reason": "Telefoons volgen is niet nodig. Een teller die niemand herkent is genoeg.",
        },
    )
    begin_project(
        answers, key="drukte-winkelstraat", by=adviser,
        department=Department.objects.get(key="mobiliteit"),
    )  # fmt: skip


def _add_beginning(adviser: Person) -> None:
    """A question that was only just begun."""
    unknown = [
        {"way": str(way), "verdict": str(AlternativeVerdict.UNCLEAR), "reason": to_settle("way")}
        for way in AlternativeWay
    ]
    answers = FirstAnswers(
        problem="Ouders zeggen dat het bij de scholen in Noord gevaarlijk is om over te steken.",
        know="Gebeuren er bij de scholen in Noord meer ongevallen dan bij andere scholen?",
        decision={
            "what": to_settle("decision"),
            "if_yes": to_settle("if-yes"),
            "if_no": to_settle("if-no"),
            "decider": {"body": "college"},
        },
        needed_by=None,
        alternatives=unknown,
        proceed={"answer": str(Proceed.NOT_YET), "reason": to_settle("proceed")},
    )
    begin_project(
        answers, key="scholen-noord", by=adviser,
        department=Department.objects.get(key="mobiliteit"),
    )  # fmt: skip
