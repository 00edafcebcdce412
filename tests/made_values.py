"""Values, names and forms that a delivery could trip over, for generated contracts and rows."""

import math
from datetime import date, datetime, time

DAY = date(2027, 3, 3)
AREAS = {
    "areas": "grondslag/1",
    "name": "Gebieden van Voorbeeldstad",
    "levels": ["straat", "buurt", "wijk"],
    "list": [
        {"code": "W1", "name": "Noord", "level": "wijk"},
        {"code": "20", "name": "Zuid", "level": "wijk"},
        {"code": "B11", "name": "Havenkwartier", "level": "buurt", "within": "W1"},
        {"code": "21", "name": "Parkzicht", "level": "buurt", "within": "20"},
        {"code": "S1", "name": "Kade", "level": "straat", "within": "B11"},
        {"code": "'; --", "name": "Vreemd", "level": "straat", "within": "B11"},
        {"code": "211", "name": "Laan", "level": "straat", "within": "21"},
    ],
}
CODES = {
    level: [item["code"] for item in AREAS["list"] if item["level"] == level]
    for level in AREAS["levels"]
}

NAMES = (
    "select", "from", "order", "group_", "person", "number", "token", "source", "people", "kept",
    "result", "total", "size", "area", "code", "target", "null", "true", "table", "p1", "s0",
    "people_0", "unnest", "result_", "marked", "union", "all", "end", "case", "year", "limit",
)  # fmt: skip
"""Names that mean something to a query."""

TEXTS = [
    "a",
    "b",
    "",
    " ",
    "é",
    "e\u0301x",
    "ß",
    "日本語",
    "🚲x",
    "O'Brien",
    'x"y',
    "'; DROP TABLE x; --",
]
TEXTS += ["$p1", "NULL", "\\", "a\tb\n", "S1", "B11", "W1", "21"]
INTEGERS = [
    0,
    1,
    -1,
    9,
    10,
    19,
    20,
    21,
    211,
    2019,
    2020,
    2024,
    2026,
    2027,
    2**31,
    -(2**63),
    2**63 - 1,
]
NUMBERS = [
    0.0,
    -0.0,
    1.5,
    9.999,
    10.0,
    20.0,
    -10.0,
    0.05,
    1e300,
    5e-324,
    math.nan,
    math.inf,
    -math.inf,
]
DATES = [
    date(1, 1, 1), date(999, 12, 31), date(1924, 2, 29), date(2000, 2, 29), date(2009, 3, 3),
    date(2019, 3, 3), date(2020, 3, 2), date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31),
    date(2026, 12, 31), date(2027, 3, 3), date(2030, 6, 1), date(9999, 12, 31),
]  # fmt: skip
LATE = time(23, 59, 59, 999999)
MOMENTS = [datetime.combine(d, at) for d in DATES for at in (time(), LATE)]
VALUES = {
    "string": TEXTS,
    "integer": INTEGERS,
    "number": NUMBERS,
    "boolean": [True, False],
    "date": DATES,
    "timestamp": MOMENTS,
}
FORMS = {
    "string": ["present", "prefix:1", "prefix:3"],
    "integer": ["present", "prefix:2", "band:een", "band:twee"],
    "number": ["present", "band:een", "band:twee"],
    "boolean": ["present"],
    "date": ["year", "quarter", "month", "present", "age:een", "age:twee"],
    "timestamp": ["year", "quarter", "month", "present", "age:een"],
}
AREA_FORMS = {
    "straat": ["area:straat", "area:buurt", "area:wijk"],
    "buurt": ["area:buurt", "area:wijk"],
    "wijk": ["area:wijk"],
}
EDGES = [[0, 20, 75], [-10, -5, 0, 10], [0.0, 0.05, 10.0], [10, 11], [1000000, 1000001, 1000002]]
PERIODS = [
    ("2024-01-01", "2024-12-31"), ("2019-01-01", "2026-12-31"), ("2024-02-29", "2026-06-30"),
    ("2024-04-01", "2026-09-30"), ("0001-01-01", "9999-12-31"),
]  # fmt: skip

LIKELY = {
    "date": [date(2024, 5, 1), date(2024, 12, 31), date(2026, 6, 30)],
    "timestamp": [datetime.combine(date(2024, 5, 1), time()), datetime.combine(DAY, LATE)],
    "integer": [2024, 20],
}
