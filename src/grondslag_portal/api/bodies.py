"""What programs send. Unknown fields are refused, with their name."""

from rest_framework import serializers

from grondslag.decision import NextStep, Worked
from grondslag.vocabulary import AdministrativeBody, AlternativeVerdict, AlternativeWay, Proceed
from grondslag_portal.api.shapes import Shape
from grondslag_portal.catalogue.models import NoteKind
from grondslag_portal.projects.beginning import MOST_KEY

_SENTENCE, _TEXT = 1_000, 2_000
_NAMED = 120


class DecisionAhead(Shape):
    """The decision for which something must be known."""

    what = serializers.CharField(max_length=_TEXT, required=False)
    if_yes = serializers.CharField(max_length=_TEXT, required=False)
    if_no = serializers.CharField(max_length=_TEXT, required=False)
    body = serializers.ChoiceField(
        [str(one) for one in AdministrativeBody], required=False, help_text="Which body decides."
    )
    mandate = serializers.CharField(max_length=_SENTENCE, required=False)
    needed_by = serializers.DateField(required=False)


class WayWeighed(Shape):
    """A way without personal data, weighed."""

    way = serializers.ChoiceField([str(one) for one in AlternativeWay])
    verdict = serializers.ChoiceField([str(one) for one in AlternativeVerdict])
    reason = serializers.CharField(max_length=_TEXT)


class Proceeding(Shape):
    """Whether this is done at all."""

    answer = serializers.ChoiceField([str(one) for one in Proceed])
    reason = serializers.CharField(max_length=_TEXT)


class BeginAsked(Shape):
    """A project to begin. What is left out of the four questions is still to be settled."""

    title = serializers.CharField(min_length=5, max_length=160)
    key = serializers.RegexField(
        r"^[a-z][a-z0-9-]*$", max_length=MOST_KEY, required=False,
        help_text="Without one it is made of the title.",
    )  # fmt: skip
    restricted = serializers.BooleanField(
        default=False, help_text="Only seen by who has to do with it."
    )
    problem = serializers.CharField(max_length=_TEXT, required=False)
    know = serializers.CharField(
        max_length=_TEXT, required=False, help_text="What exactly we want to know."
    )
    decision = DecisionAhead(required=False)
    ways = WayWeighed(many=True, required=False)
    proceed = Proceeding(required=False)


class NoteAsked(Shape):
    """Something to say about a dataset or a definition."""

    kind = serializers.ChoiceField(
        [NoteKind.QUESTION.value, NoteKind.TIP.value, NoteKind.AGREEMENT.value],
        help_text="An agreement is written by a steward of the dataset, or the data office.",
    )
    text = serializers.CharField(max_length=_TEXT)


class TextAsked(Shape):
    """A text: an answer, or a proposal."""

    text = serializers.CharField(max_length=_TEXT)


class ProposalAsked(TextAsked):
    """How a difference could be settled."""

    definition = serializers.CharField(
        max_length=_TEXT, required=False, allow_blank=True,
        help_text="What both contracts would say; only where they define a word differently.",
    )  # fmt: skip


class TermAsked(Shape):
    """A word and what it means."""

    name = serializers.CharField(max_length=_NAMED)
    definition = serializers.CharField(max_length=_TEXT)


class ReviewAsked(Shape):
    """What came of a decision."""

    outcome = serializers.CharField(max_length=1_200)
    worked = serializers.ChoiceField([one.value for one in Worked])
    learned = serializers.CharField(max_length=1_200)
    next_step = serializers.ChoiceField([one.value for one in NextStep])
    why = serializers.CharField(max_length=1_200)


class AnswerWritten(Shape):
    """One part of a decision that is being written."""

    name = serializers.CharField(max_length=40, help_text="Such as `sentence`.")
    text = serializers.CharField(max_length=1_200, allow_blank=True)


class DraftAsked(Shape):
    """A decision as far as it is written."""

    version = serializers.IntegerField(
        min_value=0, max_value=1 << 31, help_text="That you read; 0 when there was none."
    )
    answers = AnswerWritten(many=True)
