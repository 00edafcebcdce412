"""The form of a screen: from a plan to what is shown, from what was typed to parts of a plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from grondslag_portal.projects.editing import Content, Path, parts_sha256, value_at
from grondslag_portal.projects.fields import field_for
from grondslag_portal.projects.screens import (
    DAY,
    Item,
    Rows,
    Screen,
    must_stand,
    schema_at,
)
from grondslag_portal.shared.words import words

MOST_ROWS = 60
_COUNT, _GONE = "rows", "gone"


class ScreenForm(forms.Form):
    """Everything one screen asks.

    Args:
        screen: What it asks.
        content: The plan as it stands.
        data: What was sent; None to show what stands.
        typed: What somebody typed before and did not send yet.
        unknown: Whether they said that they do not know: what is empty is then not settled.
    """

    use_required_attribute = False

    def __init__(
        self,
        screen: Screen,
        content: Content,
        *,
        data: Any = None,
        typed: Mapping[str, list[str]] | None = None,
        unknown: bool = False,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.screen = screen
        self.content = content
        self.unknown = unknown
        self.base = parts_sha256(content, screen.paths)
        self.items: dict[str, Item] = {}
        for item in (*screen.extra, *screen.items):  # in which errors are listed as well
            self._add(item.name, item, item.path)
            self.initial[item.name] = (item.path and _as_shown(item, content)) or item.start
        self._add_rows(screen.rows, typed)
        for name, values in (typed or {}).items():
            if name in self.fields:
                many = isinstance(self.fields[name], forms.MultipleChoiceField)
                self.initial[name] = values if many else (values or [""])[-1]

    def _add(self, name: str, item: Item, path: Path) -> None:
        found = field_for(item, path, **self.screen.facts)
        if item.suggestions:
            found.widget.attrs["list"] = f"id_{name}_list"
        self.fields[name] = found
        self.items[name] = item

    def _add_rows(self, rows: Rows | None, typed: Mapping[str, list[str]] | None) -> None:
        self.count = 0
        if rows is None:
            return
        standing = value_at(self.content, rows.path) or []
        sent = self.data.get(_COUNT) if self.is_bound else (typed or {}).get(_COUNT, [""])[-1]
        shown = int(sent) if sent and str(sent).isdecimal() and len(str(sent)) < 4 else 0
        self.count = min(max(shown, len(standing) + 1), MOST_ROWS)
        for at in range(self.count):
            row = standing[at] if at < len(standing) else {}
            for item in rows.items:
                name = f"{item.name}-{at}"
                self._add(name, item, (*rows.path, 0, *item.path))
                self.initial[name] = _as_shown(item, row) or (item.start if row else "")
            self.fields[f"{_GONE}-{at}"] = forms.BooleanField(
                required=False, label=words("projects.ask-gone")
            )

    def full_clean(self) -> None:
        """Check every field; whether something must be answered depends on the row it is in."""
        must = {name: field.required for name, field in self.fields.items()}
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for name, field in self.fields.items():
            field.required = must[name]
        if self.is_bound:
            self._check_needed()

    def _check_needed(self) -> None:
        for name, item in self.items.items():
            empty = self.cleaned_data.get(name) in (None, "", [])
            if not empty or name in self.errors or not self.fields[name].required:
                continue
            if self._may_be_empty(name, item):
                continue
            self.add_error(name, self.fields[name].error_messages["required"])

    def _may_be_empty(self, name: str, item: Item) -> bool:
        """Whether nothing needs to stand there: nobody knows, or there is nothing around it."""
        if item.is_needed and self.unknown and item in self.screen.items:
            return True
        if any(
            name in others and self.cleaned_data.get(one)
            for one, others in self.screen.instead.items()
        ):
            return True
        row = name.removeprefix(f"{item.name}-") if name != item.name else ""
        if row:
            return self._is_gone(int(row)) or not self._row_answers(int(row))
        whole = self._whole_of(item.path)
        return whole is not None and not self._any_in(whole)

    def _whole_of(self, path: Path) -> Path | None:
        return next((w for w in self.screen.wholes if path[: len(w)] == w), None)

    def _any_in(self, whole: Path) -> bool:
        return any(
            self.cleaned_data.get(item.name) not in (None, "", [], item.start or None)
            for item in self.screen.items
            if item.path[: len(whole)] == whole
        )

    def _is_gone(self, row: int) -> bool:
        return bool(self.cleaned_data.get(f"{_GONE}-{row}"))

    def _row_answers(self, row: int) -> dict[str, Any]:
        """What somebody filled in on a row."""
        items = () if self.screen.rows is None else self.screen.rows.items
        found = {item.name: self.cleaned_data.get(f"{item.name}-{row}") for item in items}
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def parts(self, content: Content) -> dict[Path, Any]:
        """The answers as parts of a plan; only when the form is valid.

        Args:
            content: The plan they go into.
        """
        found: dict[Path, Any] = {
            item.path: self._stored(item, self.cleaned_data[item.name])
            for item in self.screen.items
        }
        for whole in self.screen.wholes:
            if not self._any_in(whole):
                found = {path: at for path, at in found.items() if path[: len(whole)] != whole}
                found[whole] = None
        if self.screen.rows is not None:
            found[self.screen.rows.path] = self._stored_rows(self.screen.rows)
        if self.screen.finish is not None:
            found = dict(self.screen.finish(found, {**self.cleaned_data, "plan": content}))
        return found

    def _stored_rows(self, rows: Rows) -> list[dict[str, Any]] | None:
        found = []
        for at in range(self.count):
            answers = {} if self._is_gone(at) else self._row_answers(at)
            if answers:
                row: dict[str, Any] = {}
                for item in rows.items:
                    if item.name in answers:
                        _put(row, item.path, answers[item.name])
                found.append(row)
        return found or None

    def _stored(self, item: Item, value: Any) -> Any:
        if value not in (None, "", []):
            return value
        schema = schema_at(item.path)
        if schema.get("type") == "array":
            return [] if must_stand(item.path) else None
        if item.todo == DAY:
            return value_at(self.content, item.path)
        return item.unsettled(schema) if item.is_needed else None

    def rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows with their fields, the last one empty."""
        if self.screen.rows is None:
            return
        for at in range(self.count):
            names = [*(f"{item.name}-{at}" for item in self.screen.rows.items), f"{_GONE}-{at}"]
            yield at + 1, [self[name] for name in names]

    def single(self) -> Iterator[BoundField]:
        """The questions that stand once."""
        for item in (*self.screen.extra, *self.screen.items):
            yield self[item.name]

    def typed(self) -> dict[str, list[str]]:
        """Everything that was sent for this screen, as it was typed."""
        known = {*self.fields, _COUNT}
        sent = self.data
        if not isinstance(sent, QueryDict):
            return {}
        return {name: list(map(str, sent.getlist(name))) for name in sent if name in known}


def _put(row: dict[str, Any], path: Path, value: Any) -> None:
    *outer, last = path
    inside: Any = row
    for step in outer:
        inside = inside.setdefault(step, {})
    inside[last] = value


def _as_shown(item: Item, content: Content) -> Any:
    found = item.shown(content)
    if found is None:
        return ""
    if isinstance(found, list) and not (item.said_as or item.codes):
        return "\n".join(map(str, found))
    return found
