"""Law as dated data: a provision of a statute, in the version somebody read.

    provision   a statute, a provision of it, its link
    statutes    the statutes we cite, each with the version and the articles that were read
    tasks       which article gives a municipality which task, and which body bears it
    territory   the countries in which the GDPR protects data by itself

May import errors. Knows no rule: what a provision asks is in `policy.rules`.
"""

from grondslag.law.provision import Provision, Statute, cited
from grondslag.law.statutes import STATUTES, statute
from grondslag.law.tasks import TASKS, Task, tasks_of
from grondslag.law.territory import EUROPEAN_ECONOMIC_AREA

__all__ = [
    "EUROPEAN_ECONOMIC_AREA",
    "STATUTES",
    "TASKS",
    "Provision",
    "Statute",
    "Task",
    "cited",
    "statute",
    "tasks_of",
]
