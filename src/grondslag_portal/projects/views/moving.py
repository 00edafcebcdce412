"""A remedy in one click, opening a project anew, and a project out and in as a folder."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.errors import InputError
from grondslag_portal.organisations.models import Department
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.answering import change_plan, reopen_project
from grondslag_portal.projects.exchange import MOST_BYTES, import_project, packed
from grondslag_portal.projects.judging import judged, remedy_of
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words


class ImportForm(PageForm):
    """A folder in a zip, and for which department."""

    folder = forms.FileField(label="projects.ask-folder", help_text="projects.hint-folder")
    department = forms.ModelChoiceField(
        label="projects.ask-department", queryset=Department.objects.filter(partner=False),
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip

    def clean_folder(self) -> bytes:
        """Its bytes.

        Raises:
            ValidationError: There are too many.
        """
        upload: UploadedFile[bytes] = self.cleaned_data["folder"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(words("projects.zip-too-big", most=MOST_BYTES >> 20))
        return bytes(upload.read())


@require_POST
@guarded("projects.edit", project_standing)
def remedy(request: HttpRequest, project: Project) -> HttpResponse:
    """Make a change that the rules propose, and go back to where it was proposed."""
    judgement = judged(project)
    made = change_plan(project, request.POST.get("change", "")[:64], by=person_of(request))
    said = " ".join(remedy_of(judgement, change).says for change in made)
    messages.success(request, f"{words('projects.change-made')} {said}")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect("projects:project", key=project.key)
    return redirect(back)


@require_http_methods(["GET", "POST"])
@guarded("projects.reopen", project_standing)
def reopen_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Say what opening anew undoes, and do it when somebody confirms."""
    if request.method == "POST":
        reopen_project(project, by=person_of(request))
        return redirect("projects:project", key=project.key)
    return render(request, "projects/reopen.html", {"project": project})


@require_GET
@guarded("projects.export", project_standing)
def export(request: HttpRequest, project: Project) -> HttpResponse:
    """The project as a folder that the command line reads."""
    del request
    answer = HttpResponse(packed(project), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{project.key}.zip"'
    return answer


@require_http_methods(["GET", "POST"])
@guarded("projects.import")
def import_page(request: HttpRequest) -> HttpResponse:
    """Begin a project with a folder that somebody else filled."""
    person = person_of(request)
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"department": person.department_id}
    )
    if request.method != "POST":
        return render(request, "projects/import.html", {"form": form})
    if form.is_valid():
        try:
            project, left = import_project(
                form.cleaned_data["folder"], by=person, department=form.cleaned_data["department"]
            )
        except InputError as error:
            form.add_error("folder", words(error.code, **error.fields))
        else:
            if left:
                messages.info(request, words("projects.left-behind", count=len(left)))
            return redirect("projects:project", key=project.key)
    status = 413 if _is_big(request) else 400
    return render(request, "projects/import.html", {"form": form}, status=status)


def _is_big(request: HttpRequest) -> bool:
    found = request.FILES.get("folder")
    return isinstance(found, UploadedFile) and (found.size or 0) > MOST_BYTES
