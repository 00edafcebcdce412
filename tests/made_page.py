"""A made-up page with everything the room `documents` can draw, for tests and for looking at it."""

import math

from markupsafe import Markup

from grondslag.documents import (
    Area,
    Axis,
    Caption,
    ColumnSpec,
    DotRow,
    DotWords,
    EffectRow,
    FunnelLimits,
    FunnelPoint,
    FunnelWords,
    Hatch,
    IntervalRow,
    MapClass,
    Moment,
    PageFrame,
    Tint,
    callout,
    choropleth,
    dot_chart,
    effect_chart,
    figure_html,
    funnel_chart,
    interval_chart,
    page,
    table_html,
    timeline_chart,
)
from grondslag.documents.table import Callout

WARDS = [
    # name                   ratio  low   high  class
    ("Oude Haven", 1.61, 1.18, 2.19, "higher"),
    ("Stationskwartier", 1.27, 0.98, 1.63, "probably-higher"),
    ("Noord", 1.08, 0.86, 1.35, "unclear"),
    ("De Weiden en Het Lage Land", 0.97, 0.74, 1.26, "unclear"),
    ("Molenbuurt", 0.81, 0.62, 1.04, "probably-lower"),
    ("Zuiderpark", 0.58, 0.41, 0.80, "lower"),
    ("Dorpsrand", 0.92, 0.31, 2.12, None),
]

CLASSES = [
    MapClass("higher", "vrijwel zeker meer dan elders", Tint.HIGH),
    MapClass("probably-higher", "waarschijnlijk meer dan elders", Tint.SOMEWHAT_HIGH, Hatch.RISING),
    MapClass("unclear", "niet te zeggen: verschil kan toeval zijn", Tint.MIDDLE),
    MapClass("probably-lower", "waarschijnlijk minder dan elders", Tint.SOMEWHAT_LOW, Hatch.DOTS),
    MapClass("lower", "vrijwel zeker minder dan elders", Tint.LOW),
]


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def sector(start, stop, near, far):
    """A piece of a ring around the middle of a town that does not exist."""

    def at(angle, reach):
        turn = math.radians(angle)
        wave = 1 + 0.12 * math.sin(3 * turn) + 0.05 * math.cos(7 * turn)
        return [
            5.5 + 0.03 * reach * wave * math.cos(turn),
            52.5 + 0.018 * reach * wave * math.sin(turn),
        ]

    steps = [start + (stop - start) * part / 12 for part in range(13)]
    ring = [at(angle, far) for angle in steps] + [at(angle, near) for angle in reversed(steps)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


SHAPES = [
    sector(0, 360, 0, 0.28),
    sector(-20, 50, 0.28, 0.8),
    sector(50, 130, 0.28, 1.1),
    sector(130, 215, 0.28, 1.2),
    sector(215, 280, 0.28, 0.9),
    sector(280, 340, 0.28, 1.2),
    sector(-20, 50, 0.8, 1.3),
]


def made_areas():
    return [
        Area(f"WK9901{at:02}", name, shape, klass)
        for at, ((name, *_, klass), shape) in enumerate(zip(WARDS, SHAPES, strict=True))
    ]


def made_chart():
    caption = Caption(
        "verhouding",
        "Geregistreerde ongevallen per inwoner, 2023 tot en met 2026, vergeleken met elders",
        "In Oude Haven gebeuren er 1,6 keer zo veel als elders. In Zuiderpark ruim de helft.",
    )
    rows = [
        IntervalRow(
            name, low, ratio, high,
            group="Per inwoner" if at < 4 else "Per inwoner, alleen fietsers",
            muted=low < 1 < high,
        )
        for at, (name, ratio, low, high, _) in enumerate(WARDS)
    ]  # fmt: skip
    axis = Axis(
        "verhouding tot de rest van de stad",
        1.0,
        "even vaak als elders",
        ends=("minder dan elders", "meer dan elders"),
        legend=("verschil groter dan toeval", "verschil kan toeval zijn"),
        logarithmic=True,
    )
    return interval_chart(rows, axis=axis, caption=caption), caption


def made_map():
    caption = Caption(
        "kaart",
        "Hoe zeker is het dat hier meer ongevallen per inwoner gebeuren dan elders?",
        "Alleen in Oude Haven is het vrijwel zeker. Over Dorpsrand is niets te zeggen.",
    )
    drawn = choropleth(
        made_areas(), classes=CLASSES, no_answer="te weinig om te tonen", caption=caption
    )
    return drawn, caption


FUNNEL = FunnelLimits((5.0, 20.0, 60.0), (0.1, 0.45, 0.65), (2.9, 1.8, 1.45))


def made_funnel():
    caption = Caption(
        "trechter",
        "Geteld tegen te verwachten per buurt, 2023 tot en met 2026",
        "Alleen Oude Haven ligt buiten de streeplijn.",
    )
    points = [
        FunnelPoint(name, 6.0 + 7 * at, ratio * (1.6 if at == 0 else 1), at == 0, at == 3)
        for at, (name, ratio, *_) in enumerate(WARDS)
    ]
    words = FunnelWords(
        "te verwachten", "keer zo veel als te verwachten", "binnen wat vaker voorkomt",
        "daarbuiten: valt op", "waar de vraag over gaat",
    )  # fmt: skip
    drawn = funnel_chart(points, chance=FUNNEL, limits=FUNNEL, words=words, caption=caption)
    return drawn, caption


def made_months():
    caption = Caption("maanden", "Meldingen per maand, 2026", "Alleen maart valt op.")
    moments = [
        Moment(f"maand {at + 1}", 18.0 + at % 3 + 20 * (at == 2), 9, 29, stands_out=at == 2,
               breaks="nieuw formulier" if at == 7 else "")
        for at in range(12)
    ]  # fmt: skip
    return timeline_chart(moments, centre=19.1, up="meldingen", caption=caption), caption


def made_dots():
    caption = Caption("stippen", "Voelt zich veilig, naast het doel", "Vijf wijken halen het.")
    rows = [
        DotRow(name, 50 + 20 * ratio, 65, at == 0) for at, (name, ratio, *_) in enumerate(WARDS)
    ]
    words = DotWords("procent", "doel: 65%", "niet anders dan het doel", "anders", unit="%")
    return dot_chart(rows, words=words, caption=caption), caption


def made_effect():
    caption = Caption("effect", "Wat deed de drempel?", "Of de drempel hielp, is niet te zeggen.")
    rows = [
        EffectRow("Voor en na", -58, -42, -20, misleads=True),
        EffectRow("Naast vergelijkbare straten", -40, -18, 15),
    ]
    return effect_chart(rows, counted="ongevallen", caption=caption), caption


def made_page():
    chart, map_ = made_chart(), made_map()
    table = table_html(
        "Geregistreerde ongevallen per wijk, 2023 tot en met 2026",
        [
            ColumnSpec("ward", "Wijk"),
            ColumnSpec("count", "Ongevallen", numeric=True),
            ColumnSpec("residents", "Inwoners", numeric=True),
            ColumnSpec("ratio", "Verhouding tot elders", numeric=True),
            ColumnSpec("range", "Bereik (95%)", numeric=True),
            ColumnSpec("word", "Meer dan elders?"),
        ],
        [
            {
                "ward": name, "count": str(43 + 11 * at), "residents": f"{6 + at}.{417 + 31 * at}",
                "ratio": f"{ratio:.2f}".replace(".", ","),
                "range": f"{low:.2f} tot {high:.2f}".replace(".", ","),
                "word": "niet te zeggen" if low < 1 < high else "vrijwel zeker",
            }
            for at, (name, ratio, low, high, _) in enumerate(WARDS)
        ],
        ["Het bereik houdt rekening met verschillen tussen wijken die geen toeval zijn."],
    )  # fmt: skip
    body = Markup("\n").join(
        [
            callout(
                Callout.ANSWER,
                "Kort antwoord",
                "In Oude Haven gebeuren 1,6 keer zo veel geregistreerde ongevallen per inwoner als "
                "elders; het kan ook 1,2 of 2,2 keer zijn. Dat het er meer zijn, is vrijwel zeker.",
            ),
            Markup(
                "<p>Bewoners zeggen dat het in hun straat vaker misgaat dan elders. We telden "
                "alle ongevallen die de politie registreerde. We deelden die door het aantal "
                "inwoners. Zo kun je wijken eerlijk vergelijken.</p>"
                "<h2>Waar gebeurt het?</h2>"
            ),
            figure_html(*map_),
            Markup(
                "<h2>Hoe groot is het verschil?</h2><p>De punt is de beste schatting. De lijn laat "
                "zien waar het echte getal kan liggen. Raakt de lijn de dikke streep? Dan kan het "
                "verschil toeval zijn.</p>"
            ),
            figure_html(*chart),
            table,
            figure_html(*made_funnel(), data="cijfers/buurt.csv"),
            figure_html(*made_months(), data="cijfers/maanden.csv"),
            figure_html(*made_dots()),
            figure_html(*made_effect()),
            callout(
                Callout.UNKNOWN,
                "Wat weten we niet?",
                Markup(
                    "<ul><li>We weten niet hoeveel mensen er rijden zonder er te wonen.</li>"
                    "<li>Lichte ongevallen met alleen fietsers worden vaak niet gemeld.</li>"
                    "<li>Waarom het hier vaker misgaat, staat niet in deze gegevens.</li></ul>"
                ),
            ),
            Markup(
                '<h2>Over deze cijfers</h2><dl class="facts"><dt>Bron</dt><dd>Verkeersongevallen, '
                "afdeling Mobiliteit</dd><dt>Periode</dt><dd>1 januari 2023 tot en met 31 december "
                "2026</dd><dt>Levering</dt><dd><code>5f2b7c9e1d3a48b6a0c4e8f7d2b1a6935f2b7c9e1d3a4"
                "8b6a0c4e8f7d2b1a693</code></dd></dl>"
            ),
        ]
    )
    return page(
        title="Gaat het in Oude Haven vaker mis dan elders?",
        language="nl",
        body_html=body,
        frame=PageFrame(
            kicker="Gemeente Voorbeeldstad · Rapport voor de gemeenteraad",
            mark="Voorbeeld met verzonnen gegevens",
            footer="Gemaakt met Grondslag 26.1.0. Controleer dit rapport met: grondslag verify.",
        ),
    )
