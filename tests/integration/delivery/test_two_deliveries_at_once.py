"""Two at once: one works, the other is refused; a plan for one delivery never gives two."""

import shutil
import time

from delivering_apart import ended, run_apart, start_apart
from grondslag.delivery import close_project
from small_town import refused


def test_of_two_at_once_one_is_refused(town, tmp_path):
    first, wait = two_signs(tmp_path)
    busy = start_apart(town, started=str(first), wait_for=str(wait))
    wait_until(first)

    second = run_apart(town)
    with refused("delivery.already-running"):
        close_project(town.project, town.installation, clock=town.clock)
    wait.touch()
    ended_first = ended(busy)

    assert (second.status, second.code, second.complaints) == (7, "delivery.already-running", "")
    assert (ended_first.status, ended_first.complaints) == (0, "")
    assert len(town.visible) == 1
    town.verify()
    town.verified_chain()


def test_also_from_a_copy_of_the_project_one_of_two_is_refused(town, tmp_path):
    copy = town.folder / "copy"
    shutil.copytree(town.project, copy)
    first, wait = two_signs(tmp_path)
    busy = start_apart(town, started=str(first), wait_for=str(wait))
    wait_until(first)

    second = run_apart(town, project=str(copy))
    wait.touch()

    assert second.code == "delivery.already-running"
    assert ended(busy).status == 0
    assert not (copy / "deliveries").exists()


def test_once_is_once_also_right_after_each_other(town):
    town.deliver()

    with refused("delivery.not-due"):
        town.deliver()

    assert len(town.visible) == 1


def test_once_is_once_also_when_the_first_was_moved_out_of_sight(town):
    delivery = town.deliver()
    delivery.folder.rename(town.folder / "aside")

    with refused("delivery.not-due"):
        town.deliver()


def test_once_is_once_also_from_a_copy_of_the_project(town):
    copy = town.folder / "copy"
    shutil.copytree(town.project, copy)
    town.deliver()
    town.project = copy

    with refused("delivery.not-due"):
        town.deliver()


def two_signs(folder):
    return folder / "started", folder / "go-on"


def wait_until(sign):
    for _ in range(600):
        if sign.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{sign} never came")
