"""Forms of the catalogue; the engine judges a contract, these only carry it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict

from grondslag.canonical import Path as Place
from grondslag.contracts import Contract
from grondslag.errors import GrondslagError, InputError
from grondslag_portal.catalogue.editing import Value
from grondslag_portal.catalogue.models import NoteKind
from grondslag_portal.catalogue.reading import MOST_BYTES, SUFFIX, text_of
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared.forms import PageForm, explain
from grondslag_portal.shared.words import words

_SHORT, _LONG = 200, 2000
_MOST_BESIDE = 20
_MAY_BE_EMPTY = ("purpose", "limitations")


class ManyFiles(forms.ClearableFileInput):
    """A field in which somebody chooses more than one file."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, each below the limit."""

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:
        """Per name its bytes.

        Raises:
            ValidationError: There are too many, or one is too large.
        """
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > _MOST_BESIDE:
            raise forms.ValidationError(words("catalogue.too-many", limit=_MOST_BESIDE))
        found = {}
        for upload in given:
            _check_size(super().clean(upload, initial))
            found[str(upload.name)] = bytes(upload.read())
        return found


class ContractForm(PageForm):
    """A contract as a file or as text, and the files it leans on."""

    contract = forms.FileField(
        label="catalogue.ask-contract", help_text="catalogue.hint-contract", required=False
    )
    beside = ManyFilesField(
        label="catalogue.ask-beside", help_text="catalogue.hint-beside", required=False,
        widget=ManyFiles,
    )  # fmt: skip
    text = forms.CharField(
        label="catalogue.ask-text", help_text="catalogue.hint-text", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "class": "code"}),
    )  # fmt: skip
    seen = forms.IntegerField(label="catalogue.ask-text", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, departments: QuerySet[Department] | None, **kwargs: Any) -> None:
        """For a dataset that is there already the department is fixed: then there is no choice."""
        super().__init__(*args, **kwargs)
        if departments is not None:
            choice = forms.ModelChoiceField(
                label=words("catalogue.ask-department"), queryset=departments,
                widget=forms.RadioSelect, empty_label=None,
            )  # fmt: skip
            explain(choice)
            self.fields = {"department": choice, **self.fields}

    @property
    def is_too_large(self) -> bool:
        """Whether what was sent is too large to look at."""
        return any(error.code == "too-large" for errors in self.errors.as_data().values()
                   for error in errors)  # fmt: skip

    def clean_contract(self) -> bytes | None:
        """The bytes of the file; None when none was chosen.

        Raises:
            ValidationError: It is too large.
        """
        upload: UploadedFile[bytes] | None = self.cleaned_data["contract"]
        if upload is None:
            return None
        _check_size(upload)
        return bytes(upload.read())

    def clean_text(self) -> str:
        """What was typed, with the ends of lines of a contract.

        Raises:
            ValidationError: It is too large.
        """
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if len(text.encode()) > MOST_BYTES:
            raise _too_large()
        return text

    def clean(self) -> dict[str, Any]:
        """One of the two; a file goes before text."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            content = found.get("contract") or found["text"].encode()
            found["content"] = content
            if not content.strip():
                self.add_error("contract", words("catalogue.nothing-sent"))
        return found

    def keep_text(self) -> None:
        """Show a file that was refused as text, so that it can be mended here."""
        content = self.cleaned_data.get("contract") if self.is_bound else None
        if not content:
            return
        try:
            text = text_of(content, name=f"contract{SUFFIX}")
        except InputError:
            return
        put_typed(self, "text", text)


class PartsForm(PageForm):
    """The common parts of a contract; the rest is changed as text."""

    seen = forms.IntegerField(label="catalogue.ask-text", widget=forms.HiddenInput)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        """With a question per part, and one per column for what it means."""
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.places: dict[str, Place] = {}
        for name, place, long in _parts(contract):
            label = words(f"catalogue.part-{name}")
            hint = words("catalogue.hint-purposes") if name == "purposes" else ""
            self._add(name, place, label=label, long=long, hint=hint)
        for at, column in enumerate(contract.columns):
            label = words("catalogue.part-column", column=column.title)
            place = ("schema", 0, "properties", at, "description")
            self._add(f"column_{at}", place, label=label, long=True, hint="")

    def _add(self, name: str, place: Place, *, label: str, long: bool, hint: str) -> None:
        value = _value_at(self.contract, place) or (self.contract.title if name == "title" else "")
        shown = "\n".join(str(one) for one in value) if isinstance(value, list) else value
        widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
        field = forms.CharField(
            label=label, help_text=hint, max_length=_LONG if long else _SHORT, widget=widget,
            required=name not in _MAY_BE_EMPTY and not name.startswith("column_"),
            initial=shown or "",
        )  # fmt: skip
        self.fields[name] = field
        self.places[name] = place
        explain(field)

    def values(self) -> Mapping[Place, Value]:
        """Per place in the contract what somebody made of it; only what they changed."""
        found: dict[Place, Value] = {}
        for name, place in self.places.items():
            typed = str(self.cleaned_data[name]).replace("\r\n", "\n")
            if typed == str(self.fields[name].initial).strip():
                continue
            lines = [line.strip() for line in typed.splitlines() if line.strip()]
            found[place] = lines if name == "purposes" else typed
        return found


class NoteForm(PageForm):
    """Something to say about a dataset or a definition."""

    text = forms.CharField(
        label="catalogue.ask-note", help_text="catalogue.hint-note", max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[NoteKind], **kwargs: Any) -> None:
        """With the kinds that somebody may write."""
        super().__init__(*args, **kwargs)
        choice = forms.ChoiceField(
            label=words("catalogue.ask-kind"), widget=forms.RadioSelect,
            choices=[(kind.value, words(f"catalogue.kind-{kind.value}")) for kind in kinds],
        )  # fmt: skip
        explain(choice)
        self.fields = {"kind": choice, **self.fields}


class AnswerForm(PageForm):
    """An answer to what somebody said."""

    text = forms.CharField(
        label="catalogue.ask-answer", help_text="catalogue.hint-note", max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class TermForm(PageForm):
    """A word and what it means."""

    name = forms.CharField(label="catalogue.ask-word", max_length=120)
    definition = forms.CharField(
        label="catalogue.ask-definition", help_text="catalogue.hint-definition", max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ProposalForm(PageForm):
    """How a difference could be settled."""

    text = forms.CharField(
        label="catalogue.ask-proposal", help_text="catalogue.hint-proposal", max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    definition = forms.CharField(
        label="catalogue.ask-agreed", help_text="catalogue.hint-agreed", max_length=_LONG,
        required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, writable: bool, **kwargs: Any) -> None:
        """A definition is asked only where it can be written in both contracts."""
        super().__init__(*args, **kwargs)
        if not writable:
            del self.fields["definition"]


def put_typed(form: forms.Form, name: str, value: str) -> None:
    """Show another value in a form that was sent."""
    if isinstance(form.data, QueryDict):
        changed = form.data.copy()
        changed[name] = value
        form.data = changed


def say_at(form: forms.Form, field: str, error: GrondslagError) -> None:
    """Put what the engine refuses at the field that it is about."""
    form.add_error(field, words(error.code, **error.fields))


def _parts(contract: Contract) -> list[tuple[str, Place, bool]]:
    """The common parts: name, where each stands, and whether it is a text of more lines."""
    content = contract.document.content
    properties = content["customProperties"]
    at = next(n for n, item in enumerate(properties) if item.get("property") == "privacy")
    entry = ("customProperties", at, "value")
    team = content["team"]
    place, members = (("team",), team) if isinstance(team, list) else (
        ("team", "members"), team["members"]
    )  # fmt: skip
    found: list[tuple[str, Place, bool]] = [
        ("title", ("schema", 0, "businessName"), False),
        ("version", ("version",), False),
        ("purpose", ("description", "purpose"), True),
        ("limitations", ("description", "limitations"), True),
    ]
    for role in ("owner", "steward"):
        n = next(
            n
            for n, member in enumerate(members)
            if member.get("role") == role and member.get("username")
        )
        found.append((role, (*place, n, "username"), False))
    return [
        *found,
        ("origin", (*entry, "origin"), True),
        ("collection", (*entry, "collection"), True),
        ("purposes", (*entry, "purposes"), True),
    ]


def _value_at(contract: Contract, place: Place) -> Any:
    part = contract.document.content
    for step in place:
        try:
            part = part[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return part


def _check_size(upload: UploadedFile[bytes]) -> None:
    if (upload.size or 0) > MOST_BYTES:
        raise _too_large()


def _too_large() -> forms.ValidationError:
    return forms.ValidationError(
        words("catalogue.too-large-here", limit=MOST_BYTES >> 20), code="too-large"
    )
