"""One value as a delivery must show it, in plain Python: forms, bands, the secrecy mark."""

import hashlib
import hmac
import math
from datetime import date, datetime

from grondslag.contracts import Contract
from grondslag.plan import DataNeed
from grondslag.vocabulary import Form

MISSING = None


def is_marked(row: dict, contract: Contract) -> bool:
    """The secrecy mark: unknown is set."""
    mark = contract.privacy.secrecy_mark
    return mark is not None and text_of(row[mark.column]) in (None, mark.value)


def form_when_marked(wanted, contract: Contract) -> Form:
    """The coarser of the plan's form and the mark's; nothing where the owner does not say which."""
    mark = contract.privacy.secrecy_mark
    form, other = wanted.form, mark.coarsen.get(wanted.name) if mark else None
    if other is None or other.name == "exact":
        return form
    if form.name == "exact" or other.name == "drop" or form == other:
        return other
    order = list(contract.column(wanted.name).privacy.allowed)
    if other not in order:
        return Form("drop")
    return order[max(order.index(form), order.index(other))]


def delivered_values(row, person, need: DataNeed, contract: Contract, day, key, leave_out) -> list:
    reference = need.period.end if need.period else day
    marked = not leave_out and is_marked(row, contract)
    values = []
    for wanted in need.columns:
        if wanted.form.name == "drop":
            continue
        column = contract.column(wanted.name)
        coarse = wanted.form if leave_out else form_when_marked(wanted, contract)
        form = coarse if marked else wanted.form
        value = in_form(row[wanted.name], form, column, contract, reference, person, key)
        kinds = {kind_of(f, column) for f in (wanted.form, coarse) if f.name != "drop"}
        values.append(text_of(value) if len(kinds) > 1 else value)
    return values


def kind_of(form: Form, column) -> str:
    if form.name == "exact":
        return str(column.type)
    return {"year": "integer", "present": "boolean", "pseudonym": "pseudonym"}.get(
        form.name, "string"
    )


def in_form(  # noqa: PLR0911 - one return per form is the plainest way to say it
    value, form: Form, column, contract: Contract, reference: date, person, key: bytes
):
    """A value as it is delivered."""
    if form.name == "drop":
        return MISSING
    if form.name == "present":
        return value is not None
    if form.name == "pseudonym":
        return hmac.new(key, person.encode("utf-8"), hashlib.sha256).hexdigest()[:32]
    if value is None or form.name == "exact":
        return value
    if form.name == "year":
        return value.year
    if form.name == "month":
        return f"{value.year:04d}-{value.month:02d}"
    if form.name == "quarter":
        return f"{value.year:04d}-K{(value.month + 2) // 3}"
    if form.name == "prefix":
        return text_of(value)[: int(form.parameter)]
    if form.name == "area":
        areas = contract.privacy.areas
        code = text_of(value)
        if code not in areas.areas or areas.areas[code].level != column.privacy.area_level:
            return MISSING
        while code in areas.areas and areas.areas[code].level != form.parameter:
            code = areas.areas[code].within
        return code or MISSING
    edges = column.privacy.bands[form.parameter]
    if form.name == "band":
        return band(value, edges, whole=column.type == "integer")
    born = value.date() if isinstance(value, datetime) else value
    if born > reference:
        return MISSING
    had_birthday = (reference.month, reference.day) >= (born.month, born.day)
    return band(reference.year - born.year - (0 if had_birthday else 1), edges, whole=True)


def band(value, edges, *, whole: bool):
    if isinstance(value, float) and math.isnan(value):
        return MISSING
    below = [edge for edge in edges if edge <= value]
    if not below:
        return f"<{edge_text(edges[0])}"
    low = max(below)
    above = [edge for edge in edges if edge > value]
    if not above:
        return f"{edge_text(low)}+"
    high = min(above)
    if not whole or low != int(low) or high != int(high):
        return f"{edge_text(low)}-<{edge_text(high)}"
    if high - low == 1:
        return edge_text(low)
    return f"{edge_text(low)}{'-' if low >= 0 else '..'}{edge_text(high - 1)}"


def edge_text(edge) -> str:
    return str(int(edge)) if edge == int(edge) else repr(float(edge))


def text_of(value):
    """A value as text, as ISO 8601 writes days and moments (a space between day and time)."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        text = value.strftime("%H:%M:%S")
        if value.microsecond:
            text += f".{value.microsecond:06d}".rstrip("0")
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d} {text}"
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)


def comparable(value):
    """So that not-a-number equals itself, and nought has one sign."""
    if isinstance(value, float):
        return "not a number" if math.isnan(value) else value + 0.0
    return (type(value).__name__, value) if isinstance(value, bool) else value
