"""How fast the portal answers with a full municipality in it.

    python benchmarks/portal.py [--projects 10000] [--seconds 60] [--rate 20]

Fills a portal of its own with made-up projects, datasets and people, starts the web server as
`make portal` does, signs in as several people, and asks for pages at a steady rate. Prints per page
the number of queries, the processor time, and the median and 95th percentile of the time until the
whole page was there. The load and the server share the machine.
"""

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

WORDS = (
    "veilig", "verkeer", "wonen", "energie", "jeugd", "zorg", "afval", "groen", "parkeren",
)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--datasets", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=float, default=20.0, help="Pages asked for per second.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GRONDSLAG_PORTAL_DATA": folder,
            "GRONDSLAG_PORTAL_LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "grondslag_portal.config.settings",
        }
        import django

        django.setup()
        begun = time.monotonic()
        sessions = fill(given)
        print(f"filled in {time.monotonic() - begun:.0f} s")
        pages = pages_of()
        weigh(pages, sessions[1])
        keep_one()
        measure(pages, sessions, given)


def fill(given):
    """Voorbeeldstad, and many copies of what one project looks like to the index."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_voorbeeldstad", residents=2_000, verbosity=0)
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from grondslag_portal.organisations.models import Department, Person, RoleGrant
    from grondslag_portal.projects.models import Document, Phase, Project, ProjectDataset
    from grondslag_portal.shared import engine

    chance = random.Random(1)
    day = engine.today()
    departments = [
        Department.objects.create(key=f"afdeling-{at}", name=f"Afdeling {at}") for at in range(20)
    ]
    people = Person.objects.bulk_create(
        Person(subject=f"p{at}", name=f"medewerker {at}", department=chance.choice(departments))
        for at in range(given.people)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=person,
            role=chance.choice(["adviser", "analyst", "owner", "steward"]),
            department=person.department,
            start=day,
        )
        for person in people
    )
    model = Project.objects.get(key="lindelaan")
    plan = Document.objects.get(project=model, path="plan.yaml", current=True)
    projects = Project.objects.bulk_create(
        Project(
            key=f"project-{at}",
            title=f"Project {at} over {chance.choice(WORDS)} en {chance.choice(WORDS)}",
            question=f"Is het in wijk {at % 40} anders met {chance.choice(WORDS)} dan elders?",
            applicant=chance.choice(people),
            department=chance.choice(departments),
            restricted=at % 10 == 0,
            phase=chance.choice(Phase.values),
            purpose=model.purpose,
            states=model.states,
            states_day=day,
            end_date=day + timedelta(days=chance.randrange(400)),
            review_date=day + timedelta(days=chance.randrange(400)),
        )
        for at in range(given.projects)
    )
    ProjectDataset.objects.bulk_create(
        ProjectDataset(
            project=project,
            dataset=f"bestand-{chance.randrange(given.datasets)}",
            department=chance.choice(departments).name,
        )
        for project in projects
    )
    Document.objects.bulk_create(
        Document(
            project=project, path="plan.yaml", version=1, content=plan.content,
            sha256=plan.sha256, by="made up",
        )
        for project in projects
    )  # fmt: skip
    fill_catalogue(given, chance, departments, people)
    sessions = []
    for person in [
        Person.objects.get(subject="fg"),
        Person.objects.get(subject="adviseur"),
        *people[:10],
    ]:
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = "grondslag_portal.organisations.backends.EmergencyDoor"
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        now = timezone.now().isoformat()
        store["begun"], store["seen"] = now, now
        store.create()
        sessions.append(store.session_key)
    return sessions


def fill_catalogue(given, chance, departments, people):
    """Copies of the contracts of Voorbeeldstad, with words, differences, notes and measurements."""
    from dataclasses import asdict

    from django.utils import timezone

    from grondslag_portal.catalogue.dcat import told_of
    from grondslag_portal.catalogue.models import (
        ContractVersion,
        Dataset,
        DatasetColumn,
        Difference,
        Measurement,
        Note,
        Proposal,
        Term,
    )
    from grondslag_portal.catalogue.selectors import contract_in, current_version

    models = [
        (row, current_version(row), list(row.columns.all()), contract_in(current_version(row)))
        for row in Dataset.objects.all()
    ]
    now = timezone.now()
    made = []
    for at in range(given.datasets - len(models)):
        row, version, columns, contract = models[at % len(models)]
        department, key = departments[at % len(departments)], f"bestand-{at}"
        text = bytes(version.content).decode()
        text = text.replace(f"\nname: {row.key}\n", f"\nname: {key}\n")
        text = text.replace(f"name: {row.department.name}\n", f"name: {department.name}\n", 1)
        told = told_of(contract)
        made.append((
            Dataset(
                key=key, title=f"{row.title} {chance.choice(WORDS)} {at}", department=department,
                owner=row.owner, steward=row.steward, version=row.version, domain=row.domain,
                access=row.access, personal=row.personal,
                told=None if told is None else asdict(told) | {"name": key},
                said=f"{row.said} {chance.choice(WORDS)} {at}",
            ),
            text.encode(), version.beside, columns,
        ))  # fmt: skip
    datasets = Dataset.objects.bulk_create([row for row, *_ in made], batch_size=200)
    ContractVersion.objects.bulk_create(
        [
            ContractVersion(
                dataset=row, number=number, content=text, sha256=sha256(text).hexdigest(),
                beside=beside, by="made up", current=number == 3,
            )
            for row, text, beside, _ in made
            for number in (1, 2, 3)
        ],
        batch_size=200,
    )  # fmt: skip
    DatasetColumn.objects.bulk_create(
        [
            DatasetColumn(dataset=row, name=one.name, title=one.title, word=one.word)
            for row, _, _, columns in made
            for one in columns
        ],
        batch_size=1_000,
    )
    Measurement.objects.bulk_create(
        [
            Measurement(
                dataset=row, version=1, at=now - timedelta(days=7 * week), rows=1_000 + week,
                faults=[{"kind": "nulls", "column": "buurt", "count": chance.randrange(90),
                         "is_about": False, "line": 9, "type": "", "pattern": ""}],
            )
            for row in datasets
            for week in range(52)
        ],
        batch_size=2_000,
    )  # fmt: skip
    Term.objects.bulk_create(
        Term(name=f"woord {at}", word=f"woord {at}", definition="Wat het betekent.", by="x")
        for at in range(300)
    )
    pairs = [chance.sample(datasets, 2) for _ in range(20_000)]
    Difference.objects.bulk_create(
        [
            Difference(
                place=f"{at:016x}", term=chance.choice(WORDS), aspect="definition",
                severity=chance.choice(["conflict", "looks_alike"]), first=first, second=second,
                first_column="buurt", second_column="buurt", first_says="Een deel van een wijk.",
                second_says="Waar iemand woont.",
            )
            for at, (first, second) in enumerate(pairs)
        ],
        batch_size=1_000,
    )  # fmt: skip
    Proposal.objects.bulk_create(
        Proposal(
            place=f"{at:016x}",
            term="buurt",
            first=first,
            second=second,
            text="Zo spreken we af.",
            definition="Een deel van een wijk.",
            first_column="buurt",
            second_column="buurt",
            by="x",
            first_by="x",
            second_by="x" if at % 2 else "",
        )
        for at, (first, second) in enumerate(pairs[:1_000])
    )
    Note.objects.bulk_create(
        Note(dataset=chance.choice(datasets), kind="question", text="Wat telt mee?",
             by=chance.choice(people))
        for _ in range(5_000)
    )  # fmt: skip


def pages_of():
    """What people ask for, with how often."""
    return {
        "/": 6,
        "/projecten/": 3,
        "/projecten/lindelaan/": 4,
        "/projecten/project-7/": 3,
        "/zoeken/?q=verkeer+veilig": 3,
        "/overzicht/": 1,
        "/besluiten/": 1,
        "/projecten/halte-dichtbij/raad/": 1,
        "/openbaar/": 1,
        "/openbaar/halte-dichtbij/": 1,
        "/catalogus/": 2,
        "/catalogus/?q=verkeer": 2,
        "/catalogus/dataset/ongevallen/": 2,
        "/catalogus/dataset/bestand-7/": 2,
        "/catalogus/dataset/bestand-8/overleg/": 1,
        "/catalogus/beheer/": 1,
        "/catalogus/verschillen/": 1,
        f"/catalogus/verschillen/{7:016x}/": 1,
        "/catalogus/begrippen/": 1,
        "/catalogus/begrippen/1/": 1,
        "/catalogus/berichten/": 1,
        "/catalogus/open.jsonld": 1,
    }


def weigh(pages, session):
    """Per page its queries and processor time, which say little of what else runs here."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as told:
            answer = client.get(page)
        asked = len(told)
        spent = []
        for _ in range(5):
            begun = time.process_time()
            client.get(page)
            spent.append(1000 * (time.process_time() - begun))
        print(
            f"{page:40} {answer.status_code} {asked:3} queries "
            f"{statistics.median(spent):5.0f} ms of a processor {len(answer.content) >> 10:5} kB",
            flush=True,
        )


def keep_one():
    """How long somebody waits who brings a contract that shares words with many others."""
    from grondslag_portal.catalogue.models import Dataset
    from grondslag_portal.catalogue.selectors import current_version
    from grondslag_portal.catalogue.services import keep_contract

    dataset = Dataset.objects.get(key="ongevallen")
    text = bytes(current_version(dataset).content) + b"# once more\n"
    begun = time.process_time()
    keep_contract(text, department=dataset.department, by="made up", dataset=dataset)
    print(f"a contract kept: {1000 * (time.process_time() - begun):.0f} ms of a processor")


def measure(pages, sessions, given):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "grondslag_portal.config.wsgi:application",
            "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2",
            "--log-level", "error",
        ]
    )  # fmt: skip
    try:
        wait_for(port)
        times = load(port, pages, sessions, given)
    finally:
        server.terminate()
        server.wait()
    whole = sorted(spent for found in times.values() for spent in found)
    for page, found in sorted(times.items()):
        print(
            f"{page:40} {len(found):5} {1000 * statistics.median(found):6.0f} ms median "
            f"{1000 * at_share(sorted(found), 0.95):6.0f} ms at 95%"
        )
    print(json.dumps({
        "pages": len(whole), "median_ms": round(1000 * statistics.median(whole)),
        "p95_ms": round(1000 * at_share(whole, 0.95)), "load": os.getloadavg()[0],
    }))  # fmt: skip


def at_share(ordered, share):
    """The time within which this share of the pages was there."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def wait_for(port):
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/openbaar/", timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def load(port, pages, sessions, given):
    """Ask at a steady rate, however long an answer takes; each in a thread of its own."""
    times = defaultdict(list)
    chance = random.Random(2)
    names, weights = list(pages), list(pages.values())
    until = time.monotonic() + given.seconds
    due, threads = time.monotonic(), []
    while time.monotonic() < until:
        page, session = chance.choices(names, weights)[0], chance.choice(sessions)
        thread = threading.Thread(target=ask, args=(port, page, session, times))
        thread.start()
        threads.append(thread)
        due += 1 / given.rate
        time.sleep(max(0.0, due - time.monotonic()))
    for thread in threads:
        thread.join()
    return times


def ask(port, page, session, times):
    wanted = urllib.request.Request(
        f"http://127.0.0.1:{port}{page}", headers={"Cookie": f"sessionid={session}"}
    )
    begun = time.monotonic()
    with urllib.request.urlopen(wanted, timeout=60) as answer:
        answer.read()
    times[page].append(time.monotonic() - begun)


if __name__ == "__main__":
    Path("build").mkdir(exist_ok=True)
    main()
