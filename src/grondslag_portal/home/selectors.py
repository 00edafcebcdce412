"""Lists and counts, through one person's eyes: what they may not see is not counted either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from grondslag.canonical import sha256_hex
from grondslag.policy.words import plain
from grondslag_portal.home.models import Reminding
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.reviewing import review_task
from grondslag_portal.projects.models import AdviceStand, Phase, Project
from grondslag_portal.projects.selectors import visible_projects
from grondslag_portal.shared import engine
from grondslag_portal.tasks.selectors import Waiting, tasks_for

_MOST_WORDS = 6
_LEAST = 2  # signs of a word that is looked for
_SOON = timedelta(days=31)
RUNNING = (Phase.DRAFT, Phase.SIGNING, Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED)
ADVISED = (AdviceStand.GIVEN, AdviceStand.FOLLOWED, AdviceStand.REASONED)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a manager or a council member asks first.

    Args:
        running: Projects that are on their way.
        personal: Of those, how many use data about people.
        decided: Projects with a decision.
        stopped: Questions that ended in a no.
        followed: Projects in which the advice of the data protection officer is followed.
        reasoned: In which it is not, with a reason.
        unanswered: In which nobody answered it yet.
        reviews_late: Decisions at which somebody should have looked back.
    """

    running: int
    personal: int
    decided: int
    stopped: int
    followed: int
    reasoned: int
    unanswered: int
    reviews_late: int


def seen_projects(person: Person) -> QuerySet[Project]:
    """The projects that exist for somebody, each once, with its department."""
    return visible_projects(person).select_related("department")


def overview_for(person: Person) -> Overview:
    """The counts, over the projects that exist for somebody."""
    seen = Project.objects.filter(pk__in=visible_projects(person).values("pk"))
    counted = {
        "running": Q(phase__in=RUNNING),
        "personal": Q(phase__in=RUNNING, personal=True),
        "decided": Q(phase__in=[Phase.DECIDED, Phase.REVIEWED]),
        "stopped": Q(phase=Phase.STOPPED),
        "followed": Q(advice=AdviceStand.FOLLOWED),
        "reasoned": Q(advice=AdviceStand.REASONED),
        "unanswered": Q(advice=AdviceStand.GIVEN),
        "reviews_late": Q(phase=Phase.DECIDED, review_date__lt=engine.today()),
    }
    found = seen.aggregate(**{name: Count("pk", filter=rule) for name, rule in counted.items()})
    return Overview(**found)


def reviews_due(person: Person) -> QuerySet[Project]:
    """Decisions at which somebody must look back within a month or should have, in that order."""
    until = engine.today() + _SOON
    due = seen_projects(person).filter(phase=Phase.DECIDED, review_date__lte=until)
    return due.order_by("review_date", "key")


def advised(person: Person) -> QuerySet[Project]:
    """Projects with an advice, newest change first."""
    return seen_projects(person).filter(advice__in=ADVISED)


def lessons(person: Person) -> QuerySet[Project]:
    """Projects at which somebody looked back, newest change first."""
    return seen_projects(person).exclude(lesson="")


def own_projects(person: Person) -> QuerySet[Project]:
    """What somebody began themselves, newest first."""
    return Project.objects.filter(applicant=person).select_related("department")


def own_tasks(person: Person) -> Sequence[Waiting]:
    """What waits for somebody, late first, in projects that exist for them."""
    waiting = tasks_for(person)
    if not waiting:
        return []
    asked = visible_projects(person).filter(key__in={task.project for task in waiting})
    seen = set(asked.values_list("key", flat=True))
    return [task for task in waiting if task.project in seen]


def all_tasks(person: Person) -> Sequence[Waiting]:
    """What waits for somebody, in projects and beside them, late first."""
    review = review_task(person)
    found = [*own_tasks(person), *([review] if review else [])]
    return sorted(found, key=lambda one: (not one.is_late, one.due or date.max))


def projects_with(found: QuerySet[Project], text: str) -> QuerySet[Project]:
    """Those of the projects that have all the words, in any of their texts."""
    for word in words_in(text):
        found = found.filter(said__contains=word)
    return found


def words_in(text: str) -> list[str]:
    """The words of a question to look for, as texts are looked through."""
    words = dict.fromkeys(word for word in plain(text).split() if len(word) >= _LEAST)
    return list(words)[:_MOST_WORDS]


def reminding_of(person: Person) -> Reminding:
    """How somebody is reminded; as it begins when they never chose."""
    return Reminding.objects.filter(person=person).first() or Reminding(person=person)


def person_with_calendar(secret: str) -> Person | None:
    """Whose calendar a secret opens; None when nobody's, or they left."""
    digest = sha256_hex(secret.encode())
    found = (
        Reminding.objects.select_related("person")
        .filter(calendar_sha256=digest, person__is_active=True)
        .first()
    )
    return None if found is None else found.person
