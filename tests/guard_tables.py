"""Per guard what is tempting, and what the guard says of it: for tests and for the page."""

from grondslag.analysis.breaks import Break, BreakKind
from grondslag.analysis.guards import BeforeAfter, Chosen, Situation

NOTHING = ""
"""What a guard says of an analysis with which nothing is the matter."""

_REGISTER = Break(
    BreakKind.REGISTRATION, 2013, "Sinds 2013 registreert de politie op een andere manier."
)
_BORDERS = Break(BreakKind.BORDERS, 2024, "In 2024 zijn de grenzen van buurten gewijzigd.")
_DEFINITION = Break(BreakKind.DEFINITION, 2023, "Sinds 2023 telt schade mee.")
_UNTOLD = Break(BreakKind.UNTOLD, 2022, "In 2022 is de leiding veranderd.")
_COVID = Break(BreakKind.COVID, 2020)


def _compares(**how):
    return Situation(question="area_comparison", **how)


def _before_after(**how):
    return Situation(question="before_after", **how)


def _fair(**how):
    return Situation(question="neighbourhoods", **how)


TABLE = {
    "too-few-expected": (
        (
            "A street had 3 crashes where 1.5 were to be expected: “twice as dangerous”.",
            _compares(expected=1.5),
            "refuse",
            (
                "Er zijn minder dan 5 gevallen te verwachten. Dan beslist toeval. "
                "Neem meer jaren of gebieden samen."
            ),
        ),
        ("The same street over ten years: 5 were to be expected.", _compares(expected=5.0), "", ""),
    ),
    "chosen-for-counts": (
        (
            "The ten worst junctions got a camera. The year after: 40% fewer crashes.",
            _before_after(chosen=Chosen.FOR_THEIR_COUNTS, set_against=BeforeAfter.YEARS_BEFORE),
            "refuse",
            (
                "Deze plekken zijn gekozen om hun hoge aantallen. Dan daalt het aantal ook zonder "
                "maatregel. Vergelijk met wat er te verwachten was."
            ),
        ),
        (
            "The same junctions against the other junctions of the town.",
            _before_after(chosen=Chosen.FOR_THEIR_COUNTS, set_against=BeforeAfter.OTHER_SITES),
            "refuse",
            (
                "Deze plekken zijn gekozen om hun hoge aantallen, en de andere plekken niet. "
                "Zo blijft toeval erin. Vergelijk met wat er hier te verwachten was."
            ),
        ),
        (
            "Junctions with a camera, and nobody remembers why these.",
            _before_after(chosen=Chosen.NOT_SAID, set_against=BeforeAfter.OTHER_SITES),
            "refuse",
            (
                "Er staat niet waarom juist deze plekken zijn gekozen. Vul dat in, of vergelijk "
                "met wat er te verwachten was."
            ),
        ),
        (
            "The ten worst junctions, against what they were to be expected to have.",
            _before_after(chosen=Chosen.FOR_THEIR_COUNTS, set_against=BeforeAfter.EXPECTED),
            "",
            "",
        ),
        (
            "Streets that got a measure because the sewer was due.",
            _before_after(chosen=Chosen.OTHERWISE, set_against=BeforeAfter.OTHER_SITES),
            "",
            "",
        ),
    ),
    "causal-wording": (
        (
            "A comparison of areas at one moment, told as a cause.",
            _compares(
                texts={"sentence": "Door hardrijders gebeuren in de Lindelaan meer ongevallen."}
            ),
            "warn",
            (
                "Bij ‘sentence’ staat “door”. De cijfers zeggen waar het misgaat, en niet waarom. "
                "Schrijf op wat je ziet."
            ),
        ),
        (
            "A neighbourhood with more rented homes and more nuisance.",
            _fair(texts={"data_say": "Veel huurwoningen leiden tot overlast."}),
            "warn",
            (
                "Bij ‘data_say’ staat “leiden tot”. De cijfers zeggen waar het misgaat, en niet "
                "waarom. Schrijf op wat je ziet."
            ),
        ),
        (
            "What was seen, and who told.",
            _compares(texts={"know": "Door bewoners gemeld. Er gebeuren hier meer ongevallen."}),
            "",
            "",
        ),
        (
            "A before-after of sites, made to find out what the camera did.",
            _before_after(texts={"sentence": "Door de camera gebeuren er minder ongevallen."}),
            "",
            "",
        ),
    ),
    "wrong-denominator": (
        (
            "Thefts per resident in the shopping centre: “the worst area of the town”.",
            _fair(exposure="residents", visited=("Stationsplein", "Winkelhart")),
            "warn",
            (
                "Hier komen veel mensen die er niet wonen: Stationsplein, Winkelhart. Per inwoner "
                "lijkt het daar al snel erger. Tel liever wie er komt."
            ),
        ),
        (
            "The same thefts per passer-by.",
            _fair(exposure="passers-by", visited=("Winkelhart",)),
            "",
            "",
        ),
    ),
    "trend-over-a-break": (
        (
            "Crashes of 2010 to 2016 in one line: “a rise since 2013”.",
            _before_after(trend=True, breaks=(_REGISTER,)),
            "refuse",
            (
                "In 2013 veranderde de registratie. De eigenaar zegt: “Sinds 2013 registreert de "
                "politie op een andere manier.” Kies een periode aan één kant daarvan."
            ),
        ),
        (
            "Nuisance per neighbourhood before and after the neighbourhoods were drawn anew.",
            _fair(trend=True, breaks=(_BORDERS,)),
            "refuse",
            (
                "In 2024 veranderden grenzen of codes van gebieden. De eigenaar zegt: “In 2024 "
                "zijn de grenzen van buurten gewijzigd.” Kies een periode aan één kant daarvan."
            ),
        ),
        (
            "Streets with a camera beside streets without, all in the register that changed.",
            _before_after(trend=True, alike=True, breaks=(_REGISTER,)),
            "warn",
            (
                "In 2013 veranderde de registratie. De eigenaar zegt: “Sinds 2013 registreert de "
                "politie op een andere manier.” Dat gold ook voor de andere plekken. Daar hielden "
                "we rekening mee."
            ),
        ),
        (
            "The same, and the streets were drawn anew: another street is no comparison then.",
            _before_after(trend=True, alike=True, breaks=(_BORDERS,)),
            "refuse",
            (
                "In 2024 veranderden grenzen of codes van gebieden. De eigenaar zegt: “In 2024 "
                "zijn de grenzen van buurten gewijzigd.” Kies een periode aan één kant daarvan."
            ),
        ),
        (
            "Months of the whole town, while since 2023 damage counts too.",
            _before_after(trend=True, breaks=(_DEFINITION,)),
            "refuse",
            (
                "In 2023 veranderde wat er meetelt. De eigenaar zegt: “Sinds 2023 telt schade "
                "mee.” Kies een periode aan één kant daarvan."
            ),
        ),
        (
            "A sentence of the owner that looks like a change, and is not put down as one.",
            _before_after(trend=True, breaks=(_UNTOLD,)),
            "warn",
            (
                "Deze zin lijkt te gaan over een verandering in 2022: “In 2022 is de leiding "
                "veranderd.” Is dat zo? Zet dat dan in het contract onder ‘breaks’."
            ),
        ),
        (
            "Areas compared over years between which the registration changed.",
            _compares(breaks=(_REGISTER,)),
            "warn",
            (
                "In 2013 veranderde de registratie. De eigenaar zegt: “Sinds 2013 registreert de "
                "politie op een andere manier.” Jaren ervoor en erna zijn niet te vergelijken."
            ),
        ),
        (
            "Areas compared over years in which their borders changed.",
            _fair(breaks=(_BORDERS,)),
            "warn",
            (
                "In 2024 veranderden grenzen of codes van gebieden. De eigenaar zegt: “In 2024 "
                "zijn de grenzen van buurten gewijzigd.” Let op: een gebied kan iets "
                "anders zijn geworden."
            ),
        ),
        (
            "A camera of 2019: “half as many crashes in the two years after”.",
            _before_after(trend=True, breaks=(_COVID,)),
            "warn",
            "In 2020 en 2021 golden coronamaatregelen. Die jaren lijken niet op andere jaren.",
        ),
        ("Years in which nothing changed.", _before_after(trend=True), "", ""),
    ),
    "number-of-tests": (
        (
            "A hundred areas, each tested at 5%: “five areas stand out”.",
            _compares(compared=100),
            "refuse",
            (
                "Er zijn 100 vergelijkingen gemaakt. Daarvan valt er altijd wel één op door "
                "toeval. Houd rekening met dat aantal."
            ),
        ),
        (
            "The same hundred, with the number of them allowed for: it is said.",
            _compares(compared=100, corrected=True),
            "warn",
            (
                "We maakten 100 vergelijkingen. Daarvan valt er altijd wel één op door "
                "toeval. Daar hielden we rekening mee."
            ),
        ),
        ("One comparison, chosen beforehand.", _compares(compared=1), "", ""),
    ),
    "league-table": (
        (
            "“The ten most dangerous neighbourhoods”, by their rates.",
            _fair(ranked=True),
            "refuse",
            (
                "Een ranglijst zonder marge is vooral toeval. Toon bij elk gebied welke plaatsen "
                "mogelijk zijn."
            ),
        ),
        (
            "The same, with the places between which each area may stand.",
            _fair(ranked=True, rank_intervals=True),
            "",
            "",
        ),
    ),
}
"""Per guard: in words, the situation, what the guard does, and what a reader sees in Dutch."""
