"""Which rows a plan may have: retention, period and area, as cuts."""

from datetime import date, timedelta

from grondslag.contracts import Column, Contract, LogicalType
from grondslag.delivery.model import Cut, Protection
from grondslag.delivery.shaping import privacy_of
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import AreaScope, DataNeed, Period
from grondslag.vocabulary import Form

_BEGINS = {"year": (1,), "quarter": (1, 4, 7, 10), "month": tuple(range(1, 13))}
_DATED = (LogicalType.DATE, LogicalType.TIMESTAMP, LogicalType.INTEGER)
_CODED = (LogicalType.STRING, LogicalType.INTEGER)


def cuts_of(need: DataNeed, contract: Contract, day: date) -> tuple[Cut, ...]:
    """The limits on the rows of one dataset, in the order in which they are counted.

    Days come first, then areas: the last cut need not be counted, as it follows from the rows that
    are kept, and codes of areas are what is slowest to read.

    Raises:
        InputError: A period on a column that holds no days, an area that is not in the list.
        PolicyRefusedError: Rows may not be chosen on that column, or not so finely.
    """
    cuts: list[Cut] = []
    if need.period:
        cuts.append(_period_cut(need, need.period, contract))
    if contract.retention:
        column = contract.column(contract.retention.column)
        keep_from = months_before(day, contract.retention.months)
        if column.type is LogicalType.INTEGER and keep_from != date(keep_from.year, 1, 1):
            # Of a year that is partly over its term nobody knows which rows may stay.
            keep_from = date(keep_from.year + 1, 1, 1)
        cuts.append(Cut(Protection.RETENTION, column.name, column.type, first=keep_from))
    if need.area:
        cuts.append(_area_cut(need, need.area, contract))
    return tuple(cuts)


def _period_cut(need: DataNeed, period: Period, contract: Contract) -> Cut:
    column = contract.column(period.column)
    form = _filter_form(need, contract, column)
    if form is not None and not _is_aligned(period, form):
        raise _masked(contract, column, form)
    if column.type not in _DATED:
        raise InputError("delivery.period-without-days", dataset=contract.name, column=column.name)
    if column.type is LogicalType.INTEGER and not _is_aligned(period, Form("year")):
        raise InputError("delivery.period-in-years", dataset=contract.name, column=column.name)
    return Cut(Protection.PERIOD, column.name, column.type, first=period.start, last=period.end)


def _area_cut(need: DataNeed, area: AreaScope, contract: Contract) -> Cut:
    """The codes at the column's own level inside the areas the plan names."""
    column = contract.column(area.column)
    form = _filter_form(need, contract, column)
    areas = contract.privacy.areas
    if areas is None:
        raise InputError("delivery.no-area-list", dataset=contract.name, contract=contract.file)
    own = privacy_of(contract, column).area_level
    heights = {level: at for at, level in enumerate(areas.levels)}
    levels = {code: areas.areas[code].level for code in area.codes if code in areas.areas}
    # A column of districts cannot choose a street: that area is as unknown to it as any other.
    lowest = heights.get(own, len(heights))
    unknown = sum(heights.get(levels.get(code, ""), -1) < lowest for code in area.codes)
    if unknown or column.type not in _CODED:
        raise InputError(
            "delivery.unknown-area",
            dataset=contract.name,
            column=column.name,
            areas=areas.name,
            count=unknown,
        )
    # No finer than it is delivered; only a form of areas can be compared with areas.
    least = heights[form.parameter] if form and form.name == "area" else len(heights)
    if form is not None and any(heights[level] < least for level in levels.values()):
        raise _masked(contract, column, form)
    inside = (
        code
        for code in areas.codes(own)
        if any(areas.ancestor(code, level) == above for above, level in levels.items())
    )
    return Cut(Protection.AREA, column.name, column.type, codes=tuple(inside))


def _filter_form(need: DataNeed, contract: Contract, column: Column) -> Form | None:
    """The form of a column on which rows are chosen, when it hides the raw value; or a refusal.

    Rows may be chosen on a column only where its owner says so, and no finer than it is
    delivered: a filter on the raw value of a masked column would read that value back, a day at a
    time.
    """
    if not privacy_of(contract, column).filterable:
        raise PolicyRefusedError(
            "delivery.not-filterable", dataset=contract.name, column=column.name
        )
    wanted = need.wants(column.name)
    if wanted is None or not wanted.form.is_masked or wanted.form.name == "drop":
        return None
    return wanted.form


def _masked(contract: Contract, column: Column, form: Form) -> PolicyRefusedError:
    return PolicyRefusedError(
        "delivery.filter-on-masked", dataset=contract.name, column=column.name, form=str(form)
    )


def _is_aligned(period: Period, form: Form) -> bool:
    """Whether a period begins and ends with whole years, quarters or months of the form."""
    begins = _BEGINS.get(form.name, ())
    if period.end == date.max:  # nothing comes after it
        return period.start.day == 1 and period.start.month in begins
    after = period.end + timedelta(days=1)
    return all(day.day == 1 and day.month in begins for day in (period.start, after))


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or the month's last day when it is shorter.

    Legal periods are counted in calendar months and years, not in days. Before the calendar
    begins there is only its first day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError  # every month has a 28th
