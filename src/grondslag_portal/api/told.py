"""What answers about deliveries, people and the catalogue's exchange hold; see `shapes`."""

from rest_framework import serializers

from grondslag_portal.api.shapes import Shape


class RunItem(Shape):
    """Long work, and how far it is."""

    kind = serializers.CharField(help_text="deliver, analyse, report and so on.")
    status = serializers.CharField(help_text="waiting, running, done or failed.")
    says = serializers.CharField(
        allow_blank=True, help_text="The step that is being done, or why it failed."
    )
    done = serializers.IntegerField()
    total = serializers.IntegerField(help_text="0 while nobody knows.")
    asked = serializers.DateTimeField()
    finished = serializers.DateTimeField(allow_null=True)


class TableDelivered(Shape):
    """A table of a delivery."""

    title = serializers.CharField()
    rows = serializers.IntegerField()
    columns = serializers.IntegerField()


class LeftOutItem(Shape):
    """Something that a protection kept out of a delivery."""

    what = serializers.CharField()
    dataset = serializers.CharField()
    count = serializers.IntegerField(
        allow_null=True, help_text="Null when so few that the number itself would tell."
    )
    fewer_than = serializers.IntegerField(allow_null=True, help_text="When there is no count.")


class DeliveryItem(Shape):
    """A delivery: what is in it, and what is not."""

    name = serializers.CharField()
    made = serializers.DateTimeField()
    manifest_sha256 = serializers.CharField()
    closed = serializers.DateField(
        allow_null=True, help_text="When its key was destroyed: since then nobody opens it."
    )
    tables = TableDelivered(many=True)
    left_out = LeftOutItem(many=True)


class InsightFound(Shape):
    """The newest analysis, and what was let out of it. Numbers stand in the report only."""

    analysis_sha256 = serializers.CharField(allow_null=True)
    delivery = serializers.CharField(allow_null=True)
    analysed_by = serializers.CharField(allow_null=True)
    analysed = serializers.DateTimeField(allow_null=True)
    released = serializers.DateTimeField(allow_null=True)
    released_by = serializers.CharField(allow_null=True)
    figures = serializers.ListField(
        child=serializers.CharField(), help_text="Names of files with the numbers of the report."
    )


class AdviceFound(Shape):
    """The advice of the data protection officer, and the answer to it."""

    outcome = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    on_this_plan = serializers.BooleanField()
    answered = serializers.BooleanField()
    followed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    answered_by = serializers.CharField(allow_blank=True)


class SeatItem(Shape):
    """A place under the approval."""

    role = serializers.CharField()
    dataset = serializers.CharField(allow_blank=True)
    department = serializers.CharField(allow_blank=True)
    signed_by = serializers.CharField(allow_blank=True)
    signed = serializers.DateTimeField(allow_null=True)


class ApprovalFound(Shape):
    """What is signed, and by whom. Only people sign, on their own screen."""

    lawful = serializers.BooleanField()
    only_owners = serializers.BooleanField(
        help_text="Without personal data the consent of the owners is enough."
    )
    sha256 = serializers.CharField(allow_null=True, help_text="Of what is signed.")
    conditions = serializers.ListField(child=serializers.CharField())
    fault = serializers.CharField(allow_null=True, help_text="Why nothing can be signed.")
    seats = SeatItem(many=True)


class AnswerItem(Shape):
    """An answer to a note."""

    number = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    by = serializers.CharField(source="author")
    at = serializers.DateTimeField()


class NoteItem(AnswerItem):
    """What somebody says about a dataset or a definition."""

    kind = serializers.CharField(help_text="question, tip or agreement.")
    dataset = serializers.CharField(source="dataset.key", default=None, allow_null=True)
    term = serializers.CharField(source="term.name", default=None, allow_null=True)
    answers = AnswerItem(many=True, source="answered_by")


class TermItem(Shape):
    """What a word means here."""

    number = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    definition = serializers.CharField()
    by = serializers.CharField()
    changed = serializers.DateTimeField()


class ColumnNamed(Shape):
    """A column of a dataset."""

    dataset = serializers.CharField(source="dataset.key")
    column = serializers.CharField(source="name")


class TermWhole(TermItem):
    """A definition with the columns that bear the word."""

    columns = ColumnNamed(many=True)


class SideSaid(Shape):
    """What one of two datasets says."""

    dataset = serializers.CharField()
    column = serializers.CharField(allow_blank=True)
    says = serializers.CharField(allow_blank=True)


class DifferenceItem(Shape):
    """A word that two datasets define differently."""

    place = serializers.CharField()
    term = serializers.CharField()
    aspect = serializers.CharField()
    severity = serializers.CharField()
    first = SideSaid()
    second = SideSaid()


class ProposalItem(Shape):
    """A proposal to settle a difference. People of both datasets accept it, on their screen."""

    number = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    definition = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    first_by = serializers.CharField(allow_blank=True)
    second_by = serializers.CharField(allow_blank=True)
    is_settled = serializers.BooleanField()


class DifferenceWhole(DifferenceItem):
    """A difference with what was proposed, newest first."""

    proposals = ProposalItem(many=True)


class ManagedItem(Shape):
    """A department and who manages its datasets."""

    department = serializers.CharField(source="department.name")
    datasets = serializers.IntegerField()
    owners = serializers.ListField(child=serializers.CharField())
    stewards = serializers.ListField(child=serializers.CharField())
    deputies = serializers.ListField(child=serializers.CharField())
    gaps = serializers.ListField(child=serializers.CharField(), help_text="Who is missing.")


class VersionItem(Shape):
    """A version of a contract."""

    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    current = serializers.BooleanField()


class GrantItem(Shape):
    """A role that somebody has."""

    number = serializers.IntegerField(source="pk")
    person = serializers.CharField(source="person.name")
    person_number = serializers.IntegerField(source="person_id")
    role = serializers.CharField()
    department = serializers.CharField(
        source="department.name", default=None, allow_null=True, help_text="Null: for all."
    )
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)
    deputy_of = serializers.CharField(source="deputy_of.name", default=None, allow_null=True)
    from_directory = serializers.BooleanField()


class GapItem(Shape):
    """A role that somebody should have and nobody has."""

    role = serializers.CharField()
    department = serializers.CharField(source="department.name", default=None, allow_null=True)
    is_deputy = serializers.BooleanField(help_text="Whether it is the deputy who is missing.")


class LookedItem(Shape):
    """When the rights of a department were last looked at."""

    department = serializers.CharField(source="department.name", default=None, allow_null=True)
    day = serializers.DateField(allow_null=True)
    by = serializers.CharField(allow_blank=True)
    is_due = serializers.BooleanField()


class PersonWhole(Shape):
    """Somebody with what they have."""

    number = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    department = serializers.CharField(source="department.name", default=None, allow_null=True)
    is_active = serializers.BooleanField()
    has_open = serializers.BooleanField(
        help_text="Whether a role or a project must go to another before the account closes."
    )
    grants = GrantItem(many=True)


class AlikeItem(Shape):
    """An earlier project with a like question."""

    project = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField(allow_blank=True)
    phase = serializers.CharField()
    shared = serializers.IntegerField(help_text="Words that both questions share.")


class LessonItem(Shape):
    """What others can use of a project."""

    project = serializers.CharField(source="key")
    title = serializers.CharField()
    department = serializers.CharField(source="department.name")
    lesson = serializers.CharField()


class OverviewFound(Shape):
    """Counts over the projects that exist for the client."""

    running = serializers.IntegerField()
    personal = serializers.IntegerField()
    decided = serializers.IntegerField()
    stopped = serializers.IntegerField()
    followed = serializers.IntegerField()
    reasoned = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    reviews_late = serializers.IntegerField()


class PublicItem(Shape):
    """A project as everybody may read it."""

    key = serializers.CharField(source="project.key")
    title = serializers.CharField(source="project.title")
    department = serializers.CharField(source="project.department.name")
    decision = serializers.CharField(
        allow_blank=True, help_text="Empty: there is none, or it is not public."
    )


class PublicWhole(Shape):
    """What everybody may read of a project."""

    key = serializers.CharField()
    title = serializers.CharField()
    department = serializers.CharField()
    problem = serializers.CharField()
    question = serializers.CharField()
    datasets = serializers.ListField(child=serializers.CharField())
    end_date = serializers.DateField()
    statement = serializers.ListField(
        child=serializers.CharField(), help_text="What people hear whose data are used."
    )
    is_decided = serializers.BooleanField()
    decision = serializers.CharField(allow_null=True)


class AnswerKept(Shape):
    """One part of a decision that is being written."""

    name = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class DraftFound(Shape):
    """A decision that is being written. Who decides signs it, on their own screen."""

    version = serializers.IntegerField()
    is_whole = serializers.BooleanField(help_text="Whether nothing is missing before signing.")
    missing = serializers.ListField(child=serializers.CharField())
    answers = AnswerKept(many=True)


class Imported(Shape):
    """A project that was brought in."""

    key = serializers.CharField()
    left_behind = serializers.ListField(
        child=serializers.CharField(), help_text="Approvals and what rests on them stay behind."
    )
