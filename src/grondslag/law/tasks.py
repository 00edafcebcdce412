"""Which article gives a municipality which task, and which body bears it.

Article 6(3) of the GDPR asks for a law behind a public task, and article 4(7) for the body that
bears it. Only tasks whose article was read stand here; a municipality's jurist adds others, also
from its own by-laws, as dated settings (`policy.parameters`).
"""

from dataclasses import dataclass

from grondslag.law.provision import Provision
from grondslag.law.statutes import STATUTES


@dataclass(frozen=True, slots=True)
class Task:
    """A task that an article gives.

    Args:
        provision: The article; a paragraph or point narrows it.
        bodies: The bodies that bear it: ``college``, ``burgemeester``, ``raad``. More than one
            where the law says "the municipality": the internal division of tasks then decides.
    """

    provision: Provision
    bodies: frozenset[str]


def _task(key: str, article: str, *bodies: str) -> Task:
    return Task(STATUTES[key].article(article), frozenset(bodies))


TASKS = (
    # Traffic decisions on roads that no other authority manages: the executive board, art. 18(1)(d)
    _task("WVW 1994", "18", "college"),
    # Upkeep and good state of roads: "the municipality"; closing a road: the council.
    _task("Wegenwet", "15", "college", "raad"),
    _task("Wegenwet", "16", "college", "raad"),
    _task("Wegenwet", "9", "raad"),
    # Day-to-day government, as far as no law gives it to the council or the mayor.
    _task("Gemeentewet", "160", "college"),
    _task("Gemeentewet", "172", "burgemeester"),
    _task("Gemeentewet", "172a", "burgemeester"),
    _task("Gemeentewet", "174", "burgemeester"),
    _task("Gemeentewet", "174a", "burgemeester"),
    _task("Gemeentewet", "175", "burgemeester"),
    # "The municipal government" sees to social support; the council adopts plan and by-law.
    _task("Wmo 2015", "2.1.1", "college", "raad"),
    _task("Wmo 2015", "2.1.2", "raad"),
    _task("Wmo 2015", "2.1.3", "raad"),
    _task("Jeugdwet", "2.2", "raad"),
    _task("Jeugdwet", "2.3", "college"),
    _task("Participatiewet", "7", "college"),
    _task("Participatiewet", "7a", "college"),
    _task("Participatiewet", "8", "raad"),
    _task("Participatiewet", "8a", "raad"),
    _task("Participatiewet", "10", "college"),
    # Personal data for access to youth care and its payment, and for policy on it.
    _task("Jeugdwet", "7.4.0", "college"),
    _task("Jeugdwet", "7.4.1", "college"),
    _task("Wmo 2015", "2.5.1", "college"),
    _task("Wmo 2015", "5.1.1", "college"),
    # Work and income: giving each other what the tasks need; joint action against abuse.
    _task("SUWI", "62", "college"),
    _task("SUWI", "64", "college"),
    # Debt counselling: the council's plan; help; data for help and for signals of arrears.
    _task("Schuldhulpwet", "2", "raad"),
    _task("Schuldhulpwet", "3", "college"),
    _task("Schuldhulpwet", "8a", "college"),
    _task("Schuldhulpwet", "8b", "college"),
    _task("Schuldhulpwet", "8d", "college"),
    # Whether children who live here are enrolled at a school, and what happens when not.
    _task("Leerplichtwet", "18", "college"),
    _task("Leerplichtwet", "19", "college"),
    _task("Leerplichtwet", "22", "college"),
    # Collecting and providing values of immovable property; a tax on parking.
    _task("Wet WOZ", "38", "college"),
    _task("Gemeentewet", "225", "college", "raad"),
    # Cameras in public places, within the council's by-law.
    _task("Gemeentewet", "151c", "burgemeester"),
    # Publishing of its own accord; keeping and destroying records: each body its own.
    _task("Woo", "3.1", "college", "burgemeester", "raad"),
    _task("Archiefwet", "3", "college", "burgemeester", "raad"),
    # Participation in a regional information and expertise centre, per body.
    _task("WGS", "2.19", "college", "burgemeester"),
)
"""Every task whose article was read."""


def tasks_of(key: str) -> tuple[Task, ...]:
    """The tasks that a statute gives, as far as they were read."""
    return tuple(task for task in TASKS if task.provision.statute.key == key)
