"""Text to the types of the contract, a batch at a time.

What does not fit is counted with its first line and becomes missing; whoever asked decides what
that means: a delivery refuses, a check reports.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.contracts import Column, LogicalType, Reading

ARROW_TYPES = {
    LogicalType.STRING: pa.string(),
    LogicalType.INTEGER: pa.int64(),
    LogicalType.NUMBER: pa.float64(),
    LogicalType.BOOLEAN: pa.bool_(),
    LogicalType.DATE: pa.date32(),
    LogicalType.TIMESTAMP: pa.timestamp("us"),
}
_INTEGER = r"^[-+]?[0-9]{1,18}$"
_EXPONENT = r"([eE][-+]?[0-9]{1,3})?$"
_NUMBER = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)" + _EXPONENT
# Points only stand between thousands: 1.5 is no number here, and never fifteen.
_COMMA_NUMBER = r"^[-+]?(([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]*)?|,[0-9]+)" + _EXPONENT
_TRUE = ("true", "1", "ja", "j", "t")
_FALSE = ("false", "0", "nee", "n", "f")
_ISO, _OURS = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}"
_MINUTES, _SECONDS = r"[0-9]{1,2}:[0-9]{2}", r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
_SHAPES = {
    "%Y-%m-%d": rf"^{_ISO}$",
    "%d-%m-%Y": rf"^{_OURS}$",
    "%d/%m/%Y": r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$",
    "%Y%m%d": r"^[0-9]{8}$",
    "%Y-%m-%dT%H:%M:%S": rf"^{_ISO}T{_SECONDS}$",
    "%Y-%m-%d %H:%M:%S": rf"^{_ISO} {_SECONDS}$",
    "%d-%m-%Y %H:%M": rf"^{_OURS} {_MINUTES}$",
    "%d-%m-%Y %H:%M:%S": rf"^{_OURS} {_SECONDS}$",
}
_LEADING_NOUGHT = r"(^|[-/ T])0"


@dataclass(slots=True)
class UnreadableValues:
    """How many values of a column did not fit its type, and where the first few stand.

    Args:
        count: How many.
        lines: The first lines of the file on which they stand, at most five.
        last: Which values of the batch that passed last did not fit.
    """

    count: int = 0
    lines: list[int] = field(default_factory=list)
    last: pa.Array | None = field(default=None, repr=False)

    def note(self, wrong: pa.Array, first_line: int) -> None:
        """Add the values of one batch."""
        self.last = wrong
        found = int(pc.sum(wrong).as_py() or 0)
        if not found:
            return
        self.count += found
        if len(self.lines) < 5:
            places = pc.indices_nonzero(wrong).to_pylist()
            self.lines += [first_line + place for place in places[: 5 - len(self.lines)]]


def typed_batches(
    batches: Iterator[pa.RecordBatch],
    columns: Sequence[Column],
    reading: Reading,
    faults: dict[str, UnreadableValues],
    *,
    first_line: int,
) -> Iterator[pa.RecordBatch]:
    """Batches of text to batches in the types of the contract, the columns in the order asked.

    Args:
        batches: Text columns that hold at least *columns*.
        columns: Which columns, with their types.
        reading: How the owner writes numbers, days and missing values.
        faults: Filled per column while the batches pass.
        first_line: The line of the file on which the first row stands.
    """
    missing = pa.array(reading.missing, pa.string())
    schema = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in columns])
    line = first_line
    for batch in batches:
        arrays = []
        for column in columns:
            text = pc.utf8_trim_whitespace(batch.column(column.name).cast(pa.string()))
            text = pc.if_else(pc.is_in(text, missing), None, text)
            value = _convert(text, column.type, reading)
            wrong = pc.and_(pc.is_valid(text), pc.is_null(value))
            faults.setdefault(column.name, UnreadableValues()).note(wrong, line)
            arrays.append(value)
        line += batch.num_rows
        yield pa.record_batch(arrays, schema=schema)


def _convert(text: pa.Array, kind: LogicalType, reading: Reading) -> pa.Array:
    """The values that fit; what does not becomes missing."""
    if kind is LogicalType.STRING:
        return text
    if kind is LogicalType.BOOLEAN:
        lower = pc.utf8_lower(text)
        # Made here: the first array that is made loads pandas, a fifth of a second.
        true, false = pc.is_in(lower, pa.array(_TRUE)), pc.is_in(lower, pa.array(_FALSE))
        return pc.if_else(pc.or_(true, false), true, None)
    if kind is LogicalType.DATE:
        return _moment(text, reading.date_format).cast(pa.date32())
    if kind is LogicalType.TIMESTAMP:
        return _moment(text, reading.timestamp_format).cast(pa.timestamp("us"))
    if kind is LogicalType.INTEGER:
        return _unsigned_plus(_matching(text, _INTEGER)).cast(pa.int64())
    if reading.decimal == ",":
        text = pc.replace_substring(_matching(text, _COMMA_NUMBER), ".", "")
        text = pc.replace_substring(text, ",", ".")
    number = _unsigned_plus(_matching(text, _NUMBER)).cast(pa.float64())
    return pc.if_else(pc.is_finite(number), number, None)  # 1e400 is no number we can hold


def _matching(text: pa.Array, pattern: str) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(text, pattern), text, None)


def _unsigned_plus(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(text, r"^\+", "")


def _moment(text: pa.Array, form: str) -> pa.Array:
    """Days and moments in exactly the owner's form; ``31-02-2024`` is no day.

    A day that does not exist is read as another one, so what was read is written again and held
    against the text; 1-2-2024 and 01-02-2024 are the same day.
    """
    shaped = _matching(text, _SHAPES[form])
    moments = pc.strptime(shaped, form, "s", error_is_null=True)
    written = pc.strftime(moments, format=form)
    same = pc.equal(_without_noughts(written), _without_noughts(shaped))
    first = pa.scalar(date.min, pa.date32()).cast(pa.timestamp("s"))
    in_calendar = pc.greater_equal(moments, first)
    return pc.if_else(pc.and_(same, in_calendar), moments, None)


def _without_noughts(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(text, _LEADING_NOUGHT, r"\1")
