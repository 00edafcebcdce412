"""A screen with questions, what is typed on it, and the answers of a section."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.errors import InputError, SourceError
from grondslag.policy import Need
from grondslag.project import Step
from grondslag.wording import Word, day, has_sentence
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.answering import (
    Overtaken,
    forget_draft,
    keep_draft,
    save_answers,
)
from grondslag_portal.projects.editing import Content, parts_sha256, value_at
from grondslag_portal.projects.forms import ScreenForm
from grondslag_portal.projects.judging import findings_of, findings_on
from grondslag_portal.projects.models import Draft, Project
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import (
    Answer,
    answers_in,
    answers_on,
    chosen_datasets,
    fewer,
    is_open,
    made_for,
    outcome_of,
    screens_of,
    title_of,
    ways_left,
)
from grondslag_portal.projects.views.finding import Spot, spot_standing
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import language, words

_NEEDS = {
    Need.REQUIRED: "projects.prescan-required",
    Need.ADVISED: "projects.prescan-advised",
    Need.NOT_NEEDED: "projects.prescan-not-needed",
    Need.UNKNOWN: "projects.prescan-unknown",
}
_WITHOUT_UNKNOWN = frozenset({"data-column", "question-title"})


@require_http_methods(["GET", "POST"])
@guarded("projects.edit", spot_standing)
def screen_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Ask the questions of a screen, and keep the answers."""
    screen = _screen(spot)
    if request.method == "POST":
        return _keep(request, spot, screen)
    draft = Draft.objects.filter(
        project=spot.project, person=person_of(request), screen=spot.address
    ).first()
    form = ScreenForm(screen, spot.content, typed=draft.typed if draft else None)
    base = draft.base if draft else form.base
    return _shown(request, spot, form, base=base, draft=draft)


@require_POST
@guarded("projects.edit", spot_standing)
def keep_typed(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Keep what is typed on a screen, for when somebody is called away."""
    person = person_of(request)
    form = ScreenForm(_screen(spot), spot.content, data=request.POST)
    base = request.POST.get("base", "")[:64]
    try:
        if _stands_already(form, spot.content):
            forget_draft(spot.project, spot.address, by=person)  # sent on its way to the plan
            at = timezone.now()
        else:
            at = keep_draft(spot.project, spot.address, form.typed(), base=base, by=person)
    except InputError as error:
        return JsonResponse({"told": words(error.code)}, status=413)
    time = f"{timezone.localtime(at):%H.%M}"
    return JsonResponse({"saved": words("projects.typed-kept", time=time)})


@require_GET
@guarded("projects.read", spot_standing)
def question_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """What was answered to the four questions, and what came of it."""
    return _section(request, spot, Step.QUESTION)


@require_GET
@guarded("projects.read", spot_standing)
def ground_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Why it is allowed, and what the rules say of that."""
    return _section(request, spot, Step.GROUND)


@require_GET
@guarded("projects.read", spot_standing)
def data_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Which data, why, for whom and until when."""
    return _section(request, spot, Step.DATA)


SECTIONS = {Step.QUESTION: question_page, Step.GROUND: ground_page, Step.DATA: data_page}


def _section(request: HttpRequest, spot: Spot, step: Step) -> HttpResponse:
    """The answers of a section, what the rules say of them, and what to do now."""
    project = spot.project
    standing = standing_of(request)
    edits = may("projects.edit", standing)
    groups = []
    for screen in screens_of(step):
        made = made_for(screen, spot.content, spot.judgement.case.contracts)
        if screen.key == "question-allowed":
            continue  # the same answers stand under Grond
        url = screen_url(project, screen) if edits else ""
        answers = answers_on(made, spot.content, change=url)
        groups.append((title_of(made), answers))
    order = [screen for screen in screens_of(step) if screen.key != "question-title"]
    first = next((screen for screen in order if is_open(screen, spot.content)), order[0])
    return render(
        request,
        "projects/section.html",
        {
            "project": project,
            "step": step,
            "groups": groups if step is not Step.QUESTION else _gathered(groups),
            "findings": findings_of(spot.judgement, step),
            "fault": spot.judgement.fault,
            "outcome": outcome_of(spot.content) if step is Step.QUESTION else "",
            "left": ways_left(spot.content) if step is Step.QUESTION else 0,
            "edits": edits,
            "reopens": may("projects.reopen", standing),
            "start": screen_url(project, first),
            **(_prescan(spot) if step is Step.GROUND else {}),
            "fewer": fewer(spot.content, spot.judgement.case.contracts),
            "datasets": _datasets(spot) if step is Step.DATA else [],
        },
    )


def _datasets(spot: Spot) -> list[dict[str, Any]]:
    """The chosen datasets with how many columns of each."""
    contracts = spot.judgement.case.contracts
    return [
        {
            "name": name,
            "title": contracts[name].title if name in contracts else name,
            "department": contracts[name].department if name in contracts else "",
            "known": name in contracts,
            "fewer": fewer({"data": [need]}, contracts),
            "output": Word(f"policy.step.{need['output']}"),
        }
        for need in spot.content["data"]
        if (name := need["dataset"]) in chosen_datasets(spot.content)
    ]


def screen_url(project: Project, screen: Screen) -> str:
    """The address of a screen that is not about one dataset."""
    return reverse(f"projects:{screen.key}", kwargs={"key": project.key})


def section_url(project: Project, step: Step) -> str:
    """The address of the answers of a section."""
    return reverse(f"projects:{step}", kwargs={"key": project.key})


def _gathered(groups: list[tuple[str, list[Answer]]]) -> list[tuple[str, list[Answer]]]:
    """The eight ways as one group: what was chosen, with why."""
    verdict = words("projects.ask-verdict")
    ways = [
        Answer(title, [str(one.value) for one in answers if one.value], answers[0].change)
        for title, answers in groups
        if answers[0].label == verdict
    ]
    found = [(title, answers) for title, answers in groups if answers[0].label != verdict]
    return [*found[:4], (words("projects.ways-title"), ways), *found[4:]]


def _screen(spot: Spot) -> Screen:
    if spot.screen is None:
        raise Http404
    return spot.screen


def _keep(request: HttpRequest, spot: Spot, screen: Screen) -> HttpResponse:
    person = person_of(request)
    if "theirs" in request.POST:
        forget_draft(spot.project, spot.address, by=person)
        return redirect(_following(spot, screen))
    unknown = "unknown" in request.POST or request.POST.get("why") == "unknown"
    form = ScreenForm(screen, spot.content, data=request.POST, unknown=unknown)
    base = request.POST.get("base", "")[:64]
    if not form.is_valid():
        return _shown(request, spot, form, base=base, status=400)
    try:
        save_answers(
            spot.project, form.parts, paths=screen.paths, base=base, by=person,
            whole=bool(spot.dataset) or screen.key == "question-proceed",
        )  # fmt: skip
    except Overtaken as error:
        keep_draft(spot.project, spot.address, form.typed(), base=base, by=person)
        return _chosen_between(request, spot, form, error.content)
    except (InputError, SourceError) as error:
        form.add_error(None, words(error.code, **error.fields))
        busy = isinstance(error, SourceError)
        return _shown(request, spot, form, base=base, status=503 if busy else 400)
    forget_draft(spot.project, spot.address, by=person)
    if "more" in request.POST:
        return redirect(request.path + "#last")
    return redirect(_following(spot, screen))


def _stands_already(form: ScreenForm, content: Content) -> bool:
    """Whether what is typed is what the plan says."""
    if not form.is_valid():
        return False
    return all(value_at(content, path) == value for path, value in form.parts(content).items())


def _lead(screen: Screen) -> str:
    """What helps to answer a screen; empty when it needs no help."""
    key = "way" if "way" in screen.facts else screen.key
    code = f"projects.lead-{key}"
    return words(code, **screen.facts) if has_sentence(code) else ""


def _moment(draft: Draft) -> str:
    local = timezone.localtime(draft.at)
    return f"{day(local.date(), language=language())} {local:%H.%M}"


def _prescan(spot: Spot) -> dict[str, object]:
    """Whether an assessment of the risks is needed, and each sign of it."""
    found = spot.judgement.prescan
    signs = [
        *(Word(f"policy.prescan.item-{one}") for one in sorted(found.list_items)),
        *(Word(f"policy.prescan.criterion-{one}") for one in sorted(found.criteria)),
    ]
    return {"prescan_need": Word(_NEEDS[found.need]), "prescan_signs": signs}


def _following(spot: Spot, screen: Screen) -> str:
    if spot.dataset:
        return reverse(
            "projects:data-columns", kwargs={"key": spot.project.key, "dataset": spot.dataset}
        )
    if screen.following:
        return reverse(f"projects:{screen.following}", kwargs={"key": spot.project.key})
    return section_url(spot.project, screen.section)


def _shown(
    request: HttpRequest,
    spot: Spot,
    form: ScreenForm,
    *,
    base: str,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    screen = form.screen
    context: dict[str, Any] = {
        "project": spot.project,
        "screen": screen,
        "form": form,
        "base": base,
        "draft": draft,
        "draft_said": words("projects.typed-before", moment=_moment(draft)) if draft else "",
        "title": title_of(screen),
        "lead": _lead(screen),
        "ways": "way" in screen.facts,
        "section": section_url(spot.project, screen.section),
        "section_word": screen.section.word,
        "findings": findings_on(spot.judgement, screen, spot.content),
        **(_prescan(spot) if screen.key == "ground-assessment" else {}),
        "left": ways_left(spot.content) if "way" in screen.facts else 0,
        "may_not_know": screen.key not in _WITHOUT_UNKNOWN
        and any(item.is_needed for item in screen.items),
        "autosave": f"{request.path}typt/",
    }
    return render(request, "projects/screen.html", context, status=status)


def _chosen_between(
    request: HttpRequest, spot: Spot, form: ScreenForm, content: Content
) -> HttpResponse:
    """Both versions of a screen that two people changed: the second one chooses."""
    screen = form.screen
    mine = answers_in(ScreenForm(screen, content, typed=form.typed()))
    theirs = answers_in(ScreenForm(screen, content))
    rows = [(one.label, one.value, other.value) for one, other in zip(mine, theirs, strict=True)]
    return render(
        request,
        "projects/overtaken.html",
        {
            "project": spot.project,
            "screen": screen,
            "rows": rows,
            "typed": [(name, one) for name, many in form.typed().items() for one in many],
            "base": parts_sha256(content, screen.paths),
            "action": request.path,
            "section": section_url(spot.project, screen.section),
            "section_word": screen.section.word,
        },
        status=409,
    )
