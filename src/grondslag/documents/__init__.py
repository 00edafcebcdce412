"""HTML, PDF and SVG: how a page looks and reads, and nothing about what it says.

    palette    colours and hatchings that hold without colour vision
    svg        one figure: title, description, escaped text, no reference to anything outside
    intervals  interval chart: best estimate with its range against a marked reference
    geometry   areas on paper: projection, outlines, room for a name
    maps       map of areas in classes, from local GeoJSON, without tiles
    table      accessible table, figure and call-out
    html       sandboxed templates, and the page around them
    pdf        the page as tagged PDF, with nothing fetched

May import canonical, wording and errors. Every text that comes in is untrusted and escaped.
"""

from grondslag.documents.html import PageFrame, page, render
from grondslag.documents.intervals import Axis, IntervalRow, interval_chart
from grondslag.documents.maps import Area, MapClass, choropleth
from grondslag.documents.palette import Hatch, Tint
from grondslag.documents.pdf import to_pdf
from grondslag.documents.svg import Caption
from grondslag.documents.table import ColumnSpec, callout, figure_html, table_html

__all__ = [
    "Area",
    "Axis",
    "Caption",
    "ColumnSpec",
    "Hatch",
    "IntervalRow",
    "MapClass",
    "PageFrame",
    "Tint",
    "callout",
    "choropleth",
    "figure_html",
    "interval_chart",
    "page",
    "render",
    "table_html",
    "to_pdf",
]
