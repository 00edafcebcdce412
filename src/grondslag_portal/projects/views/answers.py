"""A screen with questions, and what is typed on it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from grondslag.errors import InputError, SourceError
from grondslag.wording import day, has_sentence
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.answering import (
    Overtaken,
    forget_draft,
    keep_draft,
    save_answers,
)
from grondslag_portal.projects.editing import Content, parts_sha256, value_at
from grondslag_portal.projects.forms import ScreenForm
from grondslag_portal.projects.judging import findings_on
from grondslag_portal.projects.models import Draft
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import (
    answers_in,
    title_of,
    ways_left,
)
from grondslag_portal.projects.views.finding import Spot, spot_standing
from grondslag_portal.projects.views.sections import prescan_of, section_url
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import language, words

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
        **(prescan_of(spot) if screen.key == "ground-assessment" else {}),
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
