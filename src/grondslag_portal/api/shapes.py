"""What an answer holds. Keys are camelCase outside, and our own names inside."""

import re
from typing import Any

from rest_framework import serializers


class Shape(serializers.Serializer[Any]):
    """A shape of which every key is camelCase outside."""

    def get_fields(self) -> dict[str, Any]:
        """The fields under their names outside."""
        found = {}
        for name, one in super().get_fields().items():
            if outside(name) != name and one.source is None:
                one.source = name
            found[outside(name)] = one
        return found


def outside(name: str) -> str:
    """A name of ours as programs read it: ``plan_sha256`` is ``planSha256``."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


class Said(Shape):
    """A sentence in one language."""

    language = serializers.ChoiceField(["nl", "en"])
    value = serializers.CharField()


class WaitingFor(Shape):
    """For whom a step waits, and since when."""

    role = serializers.CharField(help_text="Code of the role.")
    about = serializers.CharField(allow_blank=True)
    dataset = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)


class ProjectStep(Shape):
    """How a step of the road stands."""

    step = serializers.CharField()
    status = serializers.CharField()
    said = Said(many=True)
    waiting = WaitingFor(many=True)


class ProjectItem(Shape):
    """A project in a list."""

    key = serializers.SlugField()
    title = serializers.CharField()
    department = serializers.CharField(source="department.name")
    applicant = serializers.CharField(source="applicant.name")
    phase = serializers.CharField()
    purpose = serializers.CharField(allow_blank=True)
    question = serializers.CharField(allow_blank=True)
    personal = serializers.BooleanField(help_text="Whether it asks for data about people.")
    restricted = serializers.BooleanField()
    example = serializers.BooleanField()
    end_date = serializers.DateField(allow_null=True)
    review_date = serializers.DateField(allow_null=True)


class ProjectWhole(ProjectItem):
    """A project with where it stands."""

    body = serializers.CharField(allow_blank=True, help_text="Which body decides.")
    plan_sha256 = serializers.CharField()
    steps = ProjectStep(many=True)


class DocumentItem(Shape):
    """A document of a project; its hash is its address."""

    path = serializers.CharField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class RemedyItem(Shape):
    """Something that takes a finding away."""

    key = serializers.CharField(allow_blank=True, help_text="Empty: only people can do it.")
    says = serializers.CharField()
    costs = serializers.CharField(allow_blank=True)


class FindingItem(Shape):
    """What a rule says of a plan."""

    rule = serializers.CharField()
    severity = serializers.CharField()
    line = serializers.IntegerField(help_text="In the plan.")
    says = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField(), help_text="Articles of law.")
    remedies = RemedyItem(many=True)


class FindingsFound(Shape):
    """What the rules say of a plan, in the language that was asked for."""

    plan_sha256 = serializers.CharField()
    outcome = serializers.CharField()
    fault = serializers.CharField(
        allow_null=True, help_text="Why contracts or standing facts could not be read."
    )
    items = FindingItem(many=True)


class ChangeAsked(Shape):
    """A change that the rules propose."""

    change = serializers.RegexField(r"^[0-9a-f]{32}$", help_text="Key of a remedy.")


class Kept(Shape):
    """A document that was kept."""

    sha256 = serializers.CharField()


class DatasetItem(Shape):
    """A dataset, as its contract describes it."""

    key = serializers.SlugField()
    title = serializers.CharField()
    department = serializers.CharField(source="department.name")
    owner = serializers.CharField()
    steward = serializers.CharField()
    version = serializers.CharField()
    domain = serializers.CharField()
    access = serializers.CharField(help_text="open, internal or restricted.")
    personal = serializers.BooleanField()
    changed = serializers.DateTimeField()


class DecisionItem(Shape):
    """A decision. What was not published has no more than that it is there."""

    project = serializers.CharField()
    title = serializers.CharField()
    public = serializers.BooleanField()
    sentence = serializers.CharField(allow_null=True)
    question = serializers.CharField(allow_null=True)
    chosen = serializers.CharField(allow_null=True)
    expected = serializers.CharField(allow_null=True)
    data_say = serializers.ListField(child=serializers.CharField())
    data_do_not_say = serializers.ListField(child=serializers.CharField())
    body = serializers.CharField(allow_null=True)
    decision_date = serializers.DateField(allow_null=True)
    check_date = serializers.DateField(allow_null=True)
    worked = serializers.CharField(allow_null=True)
    learned = serializers.CharField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)


class TaskItem(Shape):
    """Something that waits for somebody in a role of the client."""

    title = serializers.CharField()
    project = serializers.CharField()
    project_title = serializers.CharField()
    step = serializers.CharField()
    role = serializers.CharField()
    dataset = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)
    due = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField()


class RuleItem(Shape):
    """A rule: what it promises, and the law it rests on."""

    id = serializers.CharField()
    promise = Said(many=True)
    articles = serializers.ListField(child=serializers.CharField())
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)


class AuditState(Shape):
    """How the newest verification of the audit chain stands, and what came of it."""

    status = serializers.CharField(help_text="none, waiting, running, done or failed.")
    whole = serializers.BooleanField(allow_null=True, help_text="Null while it is not known.")
    detail = serializers.CharField(allow_blank=True)
    records = serializers.IntegerField(allow_null=True)
    asked = serializers.DateTimeField(allow_null=True)
    finished = serializers.DateTimeField(allow_null=True)


def page_of(item: type[Shape], name: str) -> Any:
    """The shape of a page of a list.

    Args:
        item: What stands in the list.
        name: Of the shape in the document.
    """
    return type(
        name,
        (Shape,),
        {
            "__doc__": "One page of a list.",
            "items": item(many=True),
            "page": serializers.IntegerField(),
            "page_size": serializers.IntegerField(),
            "total": serializers.IntegerField(),
            "next": serializers.CharField(allow_null=True),
            "previous": serializers.CharField(allow_null=True),
        },
    )
