"""Pages that everybody may read."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grondslag_portal.public.selectors import listed, public_project, public_projects
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import language

_PER_PAGE = 25


@require_GET
@guarded("public.read")
def register(request: HttpRequest) -> HttpResponse:
    """What the municipality does with data: every project that may be read about."""
    page = Paginator(public_projects(), _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request, "public/register.html", {"page": page, "projects": listed(page.object_list)}
    )


@require_GET
@guarded("public.read")
def project_page(request: HttpRequest, key: str) -> HttpResponse:
    """One project: why, which data, until when, and what was decided."""
    found = public_project(key, language=language())
    if found is None:
        raise Http404
    return render(request, "public/project.html", {"found": found})


@require_GET
@guarded("public.check")
def check_before_sharing(request: HttpRequest) -> HttpResponse:
    """Look in a text for personal data, in the browser: nothing is sent."""
    return render(request, "public/check.html")
