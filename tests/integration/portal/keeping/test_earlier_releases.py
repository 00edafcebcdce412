"""The demo portal of an earlier release: put back here and migrated, nothing of it is lost.

Each folder `release-VERSION` holds what `backup` of that release wrote for made-up Voorbeeldstad
(`load_voorbeeldstad --residents 2000`), packed. Its keys are of made-up people and open nothing
else. `CONTRIBUTING.md` says how a folder is made at the next release.
"""

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HELD = {
    "release-26.1.0": {
        "records": 64, "documents": 52, "people": 8, "roles": 12, "datasets": 27, "tasks": 14,
    },
}  # fmt: skip
"""What stood in the release itself when the backup was made."""

PUT_BACK_AND_LOOK = """
import hashlib, json, sys
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from grondslag.audit import verify_chain
from grondslag.delivery import latest_delivery, verify_delivery
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.organisations.models import Person, RoleGrant
from grondslag_portal.projects.models import Document, Project
from grondslag_portal.shared import engine
from grondslag_portal.tasks.models import Task

call_command("restore", {folder!r}, stdout=sys.stderr)
call_command("migrate", verbosity=0)
opened = {{}}
for person in Person.objects.all():
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    pages = [reverse("home:my-work"), reverse("catalogue:list")]
    pages += [reverse("projects:project", args=[one.key]) for one in Project.objects.all()]
    opened[person.subject] = sorted({{client.get(page).status_code for page in pages}})
home = engine.installation()
print(json.dumps({{
    "counted": {{
        "records": verify_chain(home.chain, public_key=home.machine_public_key).records,
        "documents": Document.objects.count(), "people": Person.objects.count(),
        "roles": RoleGrant.objects.count(), "datasets": Dataset.objects.count(),
        "tasks": Task.objects.count(),
    }},
    "opened": opened,
    "altered": [
        [one.project.key, one.path, one.version] for one in Document.objects.all()
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.sha256
    ],
    "delivery": verify_delivery(
        latest_delivery(settings.PROJECTS / "halte-dichtbij"),
        root_public_key=home.root_public_key, chain=home.chain,
    ).steps[-1],
}}))
"""


@pytest.fixture(scope="module", params=sorted(HELD))
def state(request, tmp_path_factory):
    """Of which release, and how its portal stands after the migration."""
    folder = tmp_path_factory.mktemp("earlier")
    for name in ("data.tar", "keys.tar"):
        packed = (HERE / request.param / f"{name}.xz").read_bytes()
        (folder / name).write_bytes(lzma.decompress(packed))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "grondslag_portal.config.settings",
        "GRONDSLAG_PORTAL_DATA": str(folder / "data"), "GRONDSLAG_PORTAL_LOCAL": "1",
    }  # fmt: skip
    environment.pop("GRONDSLAG_PORTAL_DATABASE", None)
    script = PUT_BACK_AND_LOOK.format(folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-m", "grondslag_portal", "shell", "--no-imports", "-v0", "-c", script],
        env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return request.param, json.loads(done.stdout)


def test_every_release_that_is_kept_is_tried():
    assert {path.name for path in HERE.glob("release-*")} == set(HELD)


def test_nothing_is_lost_and_the_chain_holds(state):
    release, found = state

    assert found["counted"] == HELD[release]


def test_no_document_was_altered(state):
    assert state[1]["altered"] == []


def test_a_delivery_of_then_verifies_today(state):
    assert state[1]["delivery"]


def test_everybody_opens_their_work_the_catalogue_and_the_projects_they_see(state):
    opened = state[1]["opened"]

    assert len(opened) == HELD[state[0]]["people"]
    assert {code for codes in opened.values() for code in codes} <= {200, 404}
    assert all(200 in codes for codes in opened.values())
