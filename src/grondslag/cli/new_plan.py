"""A first plan, written by asking the four questions.

What somebody does not know is written down as still to be settled, in words that the rules know and
refuse: never as an invented fact. The plan that comes out keeps to the schema and is seldom lawful;
``grondslag check`` says what is missing.
"""

import re
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from grondslag.canonical import read_document, to_yaml, write_text
from grondslag.canonical.signs import deceiving_sign
from grondslag.cli.asking import Asking
from grondslag.cli.output import Output
from grondslag.errors import InputError, SourceError
from grondslag.plan import Plan, plan_from
from grondslag.plan.first import FirstAnswers, first_plan, to_settle
from grondslag.policy.words import is_decision
from grondslag.vocabulary import (
    AdministrativeBody,
    AlternativeVerdict,
    AlternativeWay,
    Proceed,
)

T = TypeVar("T")

_UNKNOWN = frozenset(
    {"", "?", "weet ik niet", "weet niet", "ik weet het niet", "geen idee", "i do not know",
     "i don't know", "don't know", "unknown"}
)  # fmt: skip
_LEAST, _MOST = 10, 1200  # as the plan's schema has it
_WIDTH = 98

_BODIES = {
    "cli.body-college": AdministrativeBody.EXECUTIVE_BOARD,
    "cli.body-burgemeester": AdministrativeBody.MAYOR,
    "cli.body-raad": AdministrativeBody.COUNCIL,
}
_VERDICTS = {
    "cli.verdict-works": AlternativeVerdict.WORKS,
    "cli.verdict-no-answer": AlternativeVerdict.NO_ANSWER,
    "cli.verdict-too-late": AlternativeVerdict.TOO_LATE,
    "cli.verdict-too-imprecise": AlternativeVerdict.TOO_IMPRECISE,
    "cli.verdict-too-costly": AlternativeVerdict.TOO_COSTLY,
}
_PROCEEDS = {
    "cli.proceed-go": Proceed.GO,
    "cli.proceed-go-if": Proceed.GO_IF,
    "cli.proceed-not-yet": Proceed.NOT_YET,
    "cli.proceed-no": Proceed.NO,
}
_WAYS = {
    AlternativeWay.EXISTING_FIGURES: "cli.way-existing-figures",
    AlternativeWay.COUNT_ONLY: "cli.way-count-only",
    AlternativeWay.AREA_FIGURES: "cli.way-area-figures",
    AlternativeWay.SURVEY: "cli.way-survey",
    AlternativeWay.SAMPLE: "cli.way-sample",
    AlternativeWay.OWNER_COUNTS: "cli.way-owner-counts",
    AlternativeWay.MADE_UP_DATA: "cli.way-made-up-data",
    AlternativeWay.OBSERVE: "cli.way-observe",
}


def ask_plan(output: Output, folder: Path, *, day: date) -> Plan:
    """Ask the four questions and make a plan of the answers; nothing is written yet.

    Args:
        output: Where the questions are shown.
        folder: Of the new project; its name becomes the plan's key.
        day: Today: the law of this day judges the plan.

    Raises:
        InputError: The answers ended too soon, or one of them cannot stand in a plan.
    """
    asking = Asking(output)
    output.heading("cli.new-start")
    output.say("cli.new-unknown")
    problem, know = _question_one(asking), _question_two(asking)
    decision, needed_by = _question_three(asking)
    alternatives, proceed = _question_four(asking), _proceed(asking)
    answers = FirstAnswers(problem, know, decision, needed_by, alternatives, proceed)
    content = first_plan(answers, key=key_of(folder), day=day, language=output.language)
    return plan_from(read_document(_header(output) + to_yaml(content), file="plan.yaml"))


def write_project(folder: Path, plan: Plan, output: Output) -> None:
    """Write the new project: aside, then renamed, so that it is whole or absent.

    Args:
        folder: Must not be there yet.
        plan: Goes in as ``plan.yaml``, beside a place for contracts.
        output: Speaks the language of the notes beside the contracts.

    Raises:
        InputError: The folder is there by now.
        SourceError: The disk let us down; nothing was made.
    """
    aside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        aside.chmod(0o755)
        (aside / "contracts").mkdir()
        write_text(aside / "contracts" / "LEESMIJ.txt", output.words("cli.contracts-note") + "\n")
        write_text(aside / "plan.yaml", plan.document.text)
        if folder.exists() or folder.is_symlink():
            raise InputError("cli.folder-exists", folder=str(folder))
        aside.rename(folder)
    except OSError as error:
        raise SourceError("cli.cannot-make-folder", folder=str(folder)) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def tell_new(output: Output, folder: Path, plan: Plan) -> None:
    """What came of the answers, and what to do now."""
    output.heading("cli.new-written", file=str(folder / "plan.yaml"))
    works = [item for item in plan.alternatives if item.verdict is AlternativeVerdict.WORKS]
    if plan.question.proceed is Proceed.NO:
        output.say("cli.new-no")
    elif works:
        output.say("cli.new-without-personal-data")
    elif not is_decision(plan.question.decision.what):
        output.say("cli.new-no-decision")
    output.say("cli.new-next", folder=str(folder))


def key_of(folder: Path) -> str:
    """A plan's key from the name of its folder."""
    plain = re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.casefold()).strip("-")
    found = re.search(r"[a-z].*", plain)
    return found.group()[:63].rstrip("-") if found else "project"


def _question_one(asking: Asking) -> str:
    asking.output.heading("cli.question-1")
    asking.output.say("cli.question-1-help")
    return _sentence(asking, "problem")


def _question_two(asking: Asking) -> str:
    asking.output.heading("cli.question-2")
    asking.output.say("cli.question-2-help")
    return _sentence(asking, "know")


def _question_three(asking: Asking) -> tuple[dict[str, Any], date | None]:
    output = asking.output
    output.heading("cli.question-3")
    output.say("cli.question-3-help")
    what = _decision(asking)
    output.say("cli.question-3-yes")
    if_yes = _sentence(asking, "if-yes")
    output.say("cli.question-3-no")
    if_no = _sentence(asking, "if-no")
    output.say("cli.question-3-who")
    body = _choice(asking, _BODIES, AdministrativeBody.EXECUTIVE_BOARD)
    output.say("cli.question-3-when")
    day = _again(asking, _day_from)
    decision = {"what": what, "if_yes": if_yes, "if_no": if_no, "decider": {"body": str(body)}}
    return decision, day


def _decision(asking: Asking) -> str:
    """The decision; an answer that is no decision is answered at once."""
    while True:
        what = _sentence(asking, "decision")
        if is_decision(what) or what == to_settle("decision", language=asking.output.language):
            return what
        asking.output.say("policy.question.decision-is-real.no-decision", style="yellow")
        if not asking.is_person:
            return what


def _question_four(asking: Asking) -> list[dict[str, str]]:
    output = asking.output
    output.heading("cli.question-4")
    output.say("cli.question-4-help")
    found = []
    for number, way in enumerate(AlternativeWay, start=1):
        output.heading("cli.question-4-way", number=number, way=output.words(_WAYS[way]))
        verdict = _choice(asking, _VERDICTS, AlternativeVerdict.UNCLEAR)
        reason = to_settle("way", language=output.language)
        if verdict is not AlternativeVerdict.UNCLEAR:
            output.say("cli.question-4-why")
            reason = _sentence(asking, "way")
        found.append({"way": str(way), "verdict": str(verdict), "reason": reason})
    return found


def _proceed(asking: Asking) -> dict[str, Any]:
    output = asking.output
    output.heading("cli.question-4-do")
    answer = _choice(asking, _PROCEEDS, Proceed.NOT_YET)
    output.say("cli.question-4-why")
    found: dict[str, Any] = {"answer": str(answer), "reason": _sentence(asking, "proceed")}
    if answer is Proceed.GO_IF:
        output.say("cli.question-4-conditions")
        found["conditions"] = [_sentence(asking, "condition")]
    return found


def _again(asking: Asking, read: Callable[[Asking, str], T]) -> T:
    """An answer; who sits at the keyboard may try again, lines of a file may not."""
    while True:
        line = asking.line()
        if line is None:
            raise InputError("cli.answers-ended", number=asking.asked)
        try:
            return read(asking, line)
        except InputError as error:
            if not asking.is_person:
                raise
            asking.output.say(error.code, style="yellow", **error.fields)


def _sentence(asking: Asking, unknown: str) -> str:
    """A sentence, or the words for what is still to be settled."""

    def read(asking: Asking, line: str) -> str:
        if _is_unknown(line):
            return to_settle(unknown, language=asking.output.language)
        if not _LEAST <= len(line) <= _MOST:
            raise InputError("cli.answer-length", number=asking.asked, least=_LEAST, most=_MOST)
        if deceiving_sign(line):
            raise InputError("cli.answer-hidden-sign", number=asking.asked)
        return line

    return _again(asking, read)


def _choice(asking: Asking, options: Mapping[str, T], unknown: T) -> T:
    """One of a few, by number or in words."""
    words = [asking.output.words(code) for code in options]
    for number, text in enumerate(words, start=1):
        asking.output.text(f"  {number}. {text}")
    asking.output.text(f"  {len(words) + 1}. " + asking.output.words("cli.i-do-not-know"))

    def read(asking: Asking, line: str) -> T:
        if _is_unknown(line) or line == str(len(words) + 1):
            return unknown
        for number, (text, value) in enumerate(zip(words, options.values(), strict=True), start=1):
            if line == str(number) or line.casefold().strip(" .") == text.casefold().strip(" ."):
                return value
        raise InputError("cli.answer-not-in-list", number=asking.asked, most=len(words) + 1)

    return _again(asking, read)


def _day_from(asking: Asking, line: str) -> date | None:
    """A day as 2027-06-01 or 1-6-2027."""
    if _is_unknown(line):
        return None
    day_first = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", line)
    try:
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        return date.fromisoformat(line)
    except ValueError as error:
        raise InputError("cli.answer-no-day", number=asking.asked) from error


def _is_unknown(line: str) -> bool:
    return line.casefold().strip(" .") in _UNKNOWN


def _header(output: Output) -> str:
    """Comment lines on top of the plan: what it is, and what still has to be settled."""
    lines = textwrap.wrap(output.words("cli.plan-header"), _WIDTH)
    return "".join(f"# {line}\n" for line in lines)
