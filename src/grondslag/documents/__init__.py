"""HTML, PDF and SVG: how a page looks and reads, and nothing about what it says.

    palette    colours and hatchings that hold without colour vision
    svg        one figure: title, description, escaped text, no reference to anything outside
    intervals  interval chart: best estimate with its range against a marked reference
    effects    before and after, one line per way of reckoning, on the interval chart
    funnel     areas of every size against what chance makes of their size
    timeline   figures in time with their limits (XmR)
    dots       each area beside its target
    scale      from numbers to places on paper, with round steps
    marks      marks, and names that do not cover each other
    geometry   areas on paper: projection, outlines, room for a name
    maps       map of areas in classes, from local GeoJSON, without tiles
    table      accessible table, figure and call-out
    data_file  the numbers of a figure as CSV
    html       sandboxed templates, and the page around them
    pdf        the page as tagged PDF, with nothing fetched

May import canonical, wording and errors. Every text that comes in is untrusted and escaped.
"""

from grondslag.documents.data_file import data_file
from grondslag.documents.dots import DotRow, DotWords, dot_chart
from grondslag.documents.effects import EffectRow, effect_chart
from grondslag.documents.funnel import FunnelLimits, FunnelPoint, FunnelWords, funnel_chart
from grondslag.documents.html import PageFrame, page, render
from grondslag.documents.intervals import Axis, IntervalRow, interval_chart
from grondslag.documents.maps import Area, MapClass, choropleth
from grondslag.documents.palette import Hatch, Tint
from grondslag.documents.pdf import to_pdf
from grondslag.documents.svg import Caption
from grondslag.documents.table import ColumnSpec, callout, figure_html, table_html
from grondslag.documents.timeline import Moment, timeline_chart

__all__ = [
    "Area",
    "Axis",
    "Caption",
    "ColumnSpec",
    "DotRow",
    "DotWords",
    "EffectRow",
    "FunnelLimits",
    "FunnelPoint",
    "FunnelWords",
    "Hatch",
    "IntervalRow",
    "MapClass",
    "Moment",
    "PageFrame",
    "Tint",
    "callout",
    "choropleth",
    "data_file",
    "dot_chart",
    "effect_chart",
    "figure_html",
    "funnel_chart",
    "interval_chart",
    "page",
    "render",
    "table_html",
    "timeline_chart",
    "to_pdf",
]
