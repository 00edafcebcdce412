"""The texts of bands: ``20-29``, ``75+``, ``<0``."""


def band_label(edges: tuple[float, ...], at: int, *, whole: bool) -> str:
    """The text of band *at*; -1 is below the first edge.

    Args:
        edges: Where the bands begin, rising.
        at: Which band.
        whole: Whether the values are whole numbers: then the last one in the band is named.
    """
    if at < 0:
        return f"<{_number(edges[0])}"
    if at == len(edges) - 1:
        return f"{_number(edges[at])}+"
    low, high = edges[at], edges[at + 1]
    if not (whole and low.is_integer() and high.is_integer()):
        return f"{_number(low)}-<{_number(high)}"
    if high == low + 1:
        return _number(low)
    between = "-" if low >= 0 else ".."  # -10..-6, as -10--6 can't be read
    return f"{_number(low)}{between}{_number(high - 1)}"


def _number(edge: float) -> str:
    """An edge in full: no digit of it may get lost, or two bands would share a label."""
    return str(int(edge)) if edge.is_integer() else repr(edge)
