"""The portal in processes of their own, that are killed or race each other on the way.

    portal = made_apart(folder)
    run_apart(portal, "work", kill_at=3)
    state_apart(portal)["run"]

The process is told what to do in JSON, and answers in JSON; killed, it answers nothing.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import Any

_TESTS = Path(__file__).parent
START = datetime.fromisoformat("2027-03-02T09:00:00+00:00")
KEY, UNSIGNED = "veilige-straat", "nog-niet-klaar"


def settings_apart(data: Path, database: str = "") -> dict[str, str]:
    """The environment of a process on a portal.

    Args:
        data: The folder of the portal.
        database: The address of its PostgreSQL; empty for SQLite in that folder.
    """
    environment = os.environ | {
        "GRONDSLAG_PORTAL_DATA": str(data),
        "GRONDSLAG_PORTAL_LOCAL": "1",
        "DJANGO_SETTINGS_MODULE": "grondslag_portal.config.settings",
    }
    environment.pop("GRONDSLAG_PORTAL_DATABASE", None)
    return environment | ({"GRONDSLAG_PORTAL_DATABASE": database} if database else {})


def start_apart(
    data: Path, what: str, *, database: str = "", **order: Any
) -> subprocess.Popen[str]:
    """Start a process on a portal.

    Args:
        data: The folder of the portal.
        what: As `_main` names it: ``make`` a portal, ``ask`` for a delivery or ``press`` its
            button, ``work`` what waits or ``stay`` working, ``sign``, ``save``, ``state``, ...
        database: The address of its PostgreSQL; empty for SQLite in that folder.
        order: Besides that: ``minutes`` after the beginning; ``kill_at``: dies at that step of its
            work; ``kill_in``: dies at a function, with ``when`` ``before`` or ``after`` it;
            ``kill_around_rename``: idem, when a delivery becomes visible; ``wait_for``: a file that
            it waits for.
    """
    told = json.dumps({"what": what, **order})
    return subprocess.Popen(
        [sys.executable, str(_TESTS / "portal_apart.py"), told], text=True,
        env=settings_apart(data, database), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for a process; its answer, or how it died."""
    out, complaints = process.communicate(timeout=240)
    if process.returncode < 0:
        return {"killed": -process.returncode}
    assert process.returncode == 0, complaints[-3000:]
    answer: dict[str, Any] = json.loads(out.splitlines()[-1])
    return answer


def run_apart(data: Path, what: str, **order: Any) -> dict[str, Any]:
    """Do something in another process and wait for it."""
    return ended(start_apart(data, what, **order))


def state_apart(data: Path, **where: str) -> dict[str, Any]:
    """What stands in a portal, as a process sees it that had nothing to do with it."""
    return run_apart(data, "state", minutes=600, **where)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_around(name: str, when: str) -> None:
    module_name, function_name = name.rsplit(".", 1)
    module = import_module(module_name)
    function = getattr(module, function_name)

    def dying(*args: Any, **fields: Any) -> Any:
        if when == "after":
            function(*args, **fields)
        _die()

    setattr(module, function_name, dying)


def _die_around_rename(when: str) -> None:
    rename = Path.rename

    def dying(self: Path, target: Path) -> Path:
        if self.suffix != ".part":
            return rename(self, target)
        moved = rename(self, target) if when == "after" else target
        _die()
        return moved

    Path.rename = dying  # type: ignore[method-assign]  # a crash between two system calls


def _die_at(step: int) -> None:
    from grondslag_portal.tasks.jobs import Assignment

    tell, told = Assignment.tell, []

    def telling(self: Any, code: str, about: str = "") -> None:
        tell(self, code, about)
        told.append(code)
        if len(told) == step:
            _die()

    Assignment.tell = telling  # type: ignore[method-assign]  # a crash at a step


def _set_up() -> Any:
    """The people of the example and a second decider."""
    from django.core.management import call_command

    from grondslag.vocabulary import SigningRole
    from grondslag_portal.example import people
    from grondslag_portal.shared.access import Role
    from portal_town import set_up_portal

    second = people.Player(
        "beslisser-twee", "tweede afdelingshoofd (voorbeeld)", (Role.DECIDER,),
        (SigningRole.DECIDER,),
    )  # fmt: skip
    people.PLAYERS = {**people.PLAYERS, second.subject: second}
    call_command("migrate", verbosity=0)
    return set_up_portal(Path(os.environ["GRONDSLAG_PORTAL_DATA"]).parent, _clock(0))


def _make() -> dict[str, Any]:
    from grondslag.vocabulary import SigningRole
    from portal_town import SIGNS

    portal = _set_up()
    for key, roles in (
        (KEY, set(SIGNS)),
        ("wacht-op-besluit", {SigningRole.OWNER, SigningRole.PRIVACY_OFFICER}),
    ):
        portal.approve(portal.add_project(id=key), roles=roles)
    portal.add_project(id=UNSIGNED)
    return {}


def _make_example(*, answered: bool) -> dict[str, Any]:
    """The example about mobility: analysed, or with an answer and a decision to sign."""
    from django.conf import settings
    from django.core.management import call_command

    from grondslag.synthetic import make_theme
    from grondslag_portal.deliveries.services import start_analysis, start_delivery
    from grondslag_portal.example.loading import add_example, answer_stage, approve_stage

    portal = _set_up()
    sources = make_theme("mobiliteit", settings.DATA / "bronnen").sources
    stage = add_example("mobiliteit", portal.people, sources)
    if answered:
        from portal_road import WRITTEN

        answer_stage(stage)
        return _post("adviseur", "decisions:write", stage.project, WRITTEN)
    approve_stage(stage)
    for start in (start_delivery, start_analysis):
        start(stage.project, by=_person("analist"))
        call_command("work", once=True)
        portal.clock.go_on(seconds=1)
    return {"key": stage.project.key}


def _clock(minutes: int) -> Any:
    from django.conf import settings

    from small_town import TownClock

    settings.PORTAL_CLOCK = TownClock(START + timedelta(minutes=minutes))
    return settings.PORTAL_CLOCK


def _person(account: str) -> Any:
    from grondslag_portal.organisations.models import Person

    return Person.objects.get(subject=account)


def _project(key: str = KEY) -> Any:
    from grondslag_portal.projects.models import Project

    return Project.objects.get(key=key)


def _ask() -> dict[str, Any]:
    from grondslag_portal.deliveries.services import start_delivery

    start_delivery(_project(), by=_person("analist"))
    return {}


def _client(account: str) -> Any:
    """A browser in which somebody is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(_person(account), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _show_anew(client: Any, sha256: str) -> None:
    """They showed anew who they are, for the document with this hash."""
    from grondslag_portal.shared import engine

    session = client.session
    session["step_up_shown"] = {sha256: engine.clock().now().isoformat()}
    session.save()


def _post(account: str, name: str, project: Any, sent: dict[str, Any]) -> dict[str, Any]:
    """Somebody presses a button of a page of a project."""
    from django.urls import reverse

    answer = _client(account).post(reverse(name, args=[project.key]), sent)
    return {"status": answer.status_code, "key": project.key}


def _press() -> dict[str, Any]:
    """The analyst presses the button of a delivery."""
    return _post("analist", "deliveries:start", _project(), {})


def _let_out(key: str) -> dict[str, Any]:
    """A second person lets the figures of an analysis out."""
    from django.urls import reverse

    from grondslag_portal.deliveries.selectors import analysis_of

    client, sha256 = _client("eigenaar"), analysis_of(_project(key)).sha256
    _show_anew(client, sha256)
    answer = client.post(reverse("deliveries:release", args=[key]), {"sha256": sha256})
    return {"status": answer.status_code}


def _decide(account: str, key: str) -> dict[str, Any]:
    """A decider signs the decision that was written."""
    from django.urls import reverse

    client, address = _client(account), reverse("decisions:check", args=[key])
    client.post(address)
    _show_anew(client, client.session["step_up_asked"]["sha256"])
    _wait()
    return {"status": client.post(address).status_code}


def _work() -> dict[str, Any]:
    """One worker that works until nothing waits; an earlier one has been silent for long."""
    from django.core.management import call_command
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from grondslag_portal.tasks.models import Run

    past = timezone.now() - timedelta(minutes=2)
    Run.objects.filter(status="running").update(lease_until=past)
    Run.objects.filter(finished__isnull=False).update(finished=past)
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=past)
    call_command("work", once=True)
    return {}


def _stay() -> dict[str, Any]:
    """One worker that works until it is told to stop."""
    from django.core.management import call_command

    call_command("work")
    return {}


def _sign(account: str) -> dict[str, Any]:
    """What a browser does: look, show anew who it is, press the button."""
    from django.urls import reverse

    client, project = _client(account), _project("wacht-op-besluit")
    page = client.get(reverse("assessments:decision", args=[project.key])).content.decode()
    sha256 = page.split('name="sha256" value="')[1][:64]
    _show_anew(client, sha256)
    _wait()
    answer = client.post(reverse("assessments:sign", args=[project.key]), {"sha256": sha256})
    return {"status": answer.status_code}


def _session(account: str) -> dict[str, Any]:
    """A session in which somebody is signed in."""
    from portal_browser import session_of

    return {"key": session_of(_person(account))}


def _save(times: int) -> dict[str, Any]:
    """Save a document so many times; told how often somebody else was busy for too long."""
    from grondslag.errors import SourceError
    from grondslag_portal.projects.services import save_document

    _wait()
    saved = 0
    for at in range(times):
        try:
            text = f"Versie {at} van {os.getpid()}.\n".encode()
            save_document(_project(), "notitie.md", text, by=_person("adviseur"))
        except SourceError as error:
            if error.code != "projects.busy":
                raise
        else:
            saved += 1
    return {"saved": saved}


def _state() -> dict[str, Any]:
    from django_tasks_db.models import DBTaskResult

    from grondslag.audit import verify_chain
    from grondslag.delivery import verify_delivery
    from grondslag_portal.projects.folders import folder_of
    from grondslag_portal.projects.models import Document, Project
    from grondslag_portal.shared import engine
    from grondslag_portal.tasks.models import Run

    home = engine.installation()
    verify_chain(home.chain, public_key=home.machine_public_key)
    folder = folder_of(KEY) / "deliveries"
    found = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    visible = [name for name in found if not name.endswith(".part")]
    for name in visible:
        verify_delivery(folder / name, root_public_key=home.root_public_key, chain=home.chain)
    return {
        "visible": visible,
        "unfinished": [name for name in found if name.endswith(".part")],
        "keys": sorted(path.stem for path in (home.home / "vault/delivery").glob("*.key")),
        "runs": [[run.status, run.attempt, run.said.get("nl", "")] for run in Run.objects.all()],
        "phases": dict(Project.objects.values_list("key", "phase")),
        "actions": [[record.action, record.object] for record in home.chain.records()],
        "documents": sorted(
            Document.objects.filter(current=True).values_list("project__key", "path")
        ),
        "versions": sorted(
            Document.objects.filter(path="notitie.md").values_list("version", flat=True)
        ),
        "versions_of": _versions(),
        "ledger": sum(
            path.read_text().count("\n") for path in (home.home / "ledger").glob("*.jsonl")
        ),
        "handed_out": sorted(DBTaskResult.objects.values_list("status", flat=True)),
    }


def _versions() -> dict[str, dict[str, int]]:
    """Per project and document how many versions of it there were."""
    from grondslag_portal.projects.models import Document

    found: dict[str, dict[str, int]] = {}
    for key, path, version in Document.objects.order_by("version").values_list(
        "project__key", "path", "version"
    ):
        found.setdefault(key, {})[path] = version
    return found


def _wait() -> None:
    if "wait_for" in _ORDER:
        Path(_ORDER["ready"]).touch()
        while not Path(_ORDER["wait_for"]).exists():
            sleep(0.01)


def served() -> Any:
    """The portal for a web server, some minutes after the beginning: ``portal_apart:served()``."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from grondslag.clock import ShiftedClock

    django.setup()
    settings.PORTAL_CLOCK = ShiftedClock(START + timedelta(minutes=5))
    return get_wsgi_application()


def _main(order: dict[str, Any]) -> dict[str, Any]:
    if "kill_at" in order:
        _die_at(order["kill_at"])
    if "kill_in" in order:
        _die_around(order["kill_in"], order["when"])
    if "kill_around_rename" in order:
        _die_around_rename(order["kill_around_rename"])
    doing = {
        "make": _make,
        "make-analysed": lambda: _make_example(answered=False),
        "make-answered": lambda: _make_example(answered=True),
        "ask": _ask,
        "press": _press,
        "let-out": lambda: _let_out(order["key"]),
        "decide": lambda: _decide(order["account"], order["key"]),
        "work": _work,
        "stay": _stay,
        "sign": lambda: _sign(order["account"]),
        "save": lambda: _save(order["times"]),
        "session": lambda: _session(order["account"]),
        "state": _state,
    }
    return doing[order["what"]]()


if __name__ == "__main__":
    import django

    _ORDER = json.loads(sys.argv[1])
    django.setup()
    _clock(_ORDER.get("minutes", 0))
    sys.stdout.write(json.dumps(_main(_ORDER)) + "\n")
else:
    _ORDER = {}
