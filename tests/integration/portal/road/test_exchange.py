"""A project out as a folder the command line reads, and in without anybody's word."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grondslag.clock import FixedClock
from grondslag.delivery import read_project
from grondslag.errors import InputError
from grondslag_portal.projects.exchange import MOST_FILES, packed, unpacked
from grondslag_portal.projects.models import Phase, Project
from portal_road import address


def zipped(**files):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return found.getvalue()


def send(client, portal, content, name="map.zip"):
    department = portal.people["adviseur"].department.pk
    folder = SimpleUploadedFile(name, content, content_type="application/zip")
    return client.post(reverse("projects:import"), {"folder": folder, "department": department})


def test_what_comes_out_is_what_the_command_line_reads(portal, client, tmp_path):
    project = portal.add_project()
    portal.sign_in(client, "adviseur")

    out = client.get(address("export", project))

    assert out.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(out.content)) as archive:
        archive.extractall(tmp_path)
    read = read_project(tmp_path / project.key, clock=FixedClock(portal.clock.moment))
    assert read.plan.id == project.key
    assert set(read.contracts) == {"bezwaren", "meldingen", "wijken"}


def test_the_same_project_gives_the_same_bytes(portal):
    project = portal.add_project()

    assert packed(project) == packed(project)


def test_approvals_never_come_in(portal, client):
    project = portal.add_project()
    portal.approve(project)
    content = packed(project).replace(b"veilige-straat", b"rustige-straat")
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(project))) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"id: veilige-straat", b"id: rustige-straat"))
    assert content
    portal.sign_in(client, "adviseur")

    came = send(client, portal, renamed.getvalue())

    other = Project.objects.get(key="rustige-straat")
    assert came.headers["Location"] == address("project", other)
    paths = list(other.documents.values_list("path", flat=True))
    assert "plan.yaml" in paths
    assert not [path for path in paths if path.startswith(("approval", "deliveries", "releases"))]
    assert other.phase == Phase.DRAFT
    told = client.get(came.headers["Location"]).content.decode()
    assert "Deze bestanden kwamen niet mee" in told


def test_who_brings_a_project_in_asks_for_it(portal, client):
    project = portal.add_project()
    content = packed(project)
    Project.objects.all().delete()
    portal.sign_in(client, "analist")

    send(client, portal, content)

    other = Project.objects.get()
    assert other.applicant.subject == "analist"
    text = bytes(other.documents.get(path="plan.yaml", current=True).content).decode()
    assert "applicant: data-analist (voorbeeld)" in text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"geen zip", "projects.no-zip"),
        (zipped(**{"a/lees.txt": "x"}), "projects.zip-without-plan"),
        (zipped(**{"../plan.yaml": "x"}), "projects.zip-path"),
        (zipped(**{"/etc/plan.yaml": "x"}), "projects.zip-path"),
        (zipped(**{"a\\..\\plan.yaml": "x"}), "projects.zip-path"),
        (zipped(**{"a/plan.yaml": b"0" * (6 << 20)}), "projects.zip-too-big"),
        (zipped(**{f"a/{n}": b"" for n in range(MOST_FILES + 1)}), "projects.zip-too-big"),
    ],
)
def test_a_folder_that_is_not_what_it_says_is_refused(content, code):
    with pytest.raises(InputError) as refused:
        unpacked(content)

    assert refused.value.code == code


def test_a_link_in_a_folder_is_refused():
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        link = zipfile.ZipInfo("a/plan.yaml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(InputError, match=r"projects\.zip-path"):
        unpacked(found.getvalue())


@pytest.mark.parametrize(
    "plan", [b"\xff\xfe niet leesbaar", b"plan: grondslag/1\n", b"- x", b"", b"a: &b [*b]"]
)
def test_a_plan_that_is_no_plan_is_told_at_its_field(portal, client, plan):
    portal.sign_in(client, "adviseur")

    assert send(client, portal, zipped(**{"a/plan.yaml": plan})).status_code == 400
    assert not Project.objects.exists()


def test_deeper_folders_stay_behind(portal):
    plan = packed(portal.add_project())
    with zipfile.ZipFile(io.BytesIO(plan)) as archive:
        text = archive.read("veilige-straat/plan.yaml")
    files = {"a/plan.yaml": text, "a/contracts/b/c.odcs.yaml": "x", "a/contracts/b": "y"}

    found = unpacked(zipped(**files))

    assert sorted(found.documents) == ["contracts/b", "plan.yaml"]
    assert found.left == ("contracts/b/c.odcs.yaml",)


def test_a_refused_folder_is_told_at_its_field_and_begins_nothing(portal, client):
    portal.sign_in(client, "adviseur")

    refused = send(client, portal, b"geen zip")

    assert refused.status_code == 400
    assert "geen zip-bestand" in refused.content.decode()
    assert not Project.objects.exists()


def test_a_folder_whose_key_is_in_use_begins_nothing(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "adviseur")

    assert send(client, portal, packed(project)).status_code == 400
    assert Project.objects.count() == 1
