"""Voorbeeldstad: a made-up municipality with a known truth, and rows drawn from a contract alone.

    chance          random numbers from one seed, a stream per subject
    geography       districts, neighbourhoods, streets: the fixed plan of the town
    shapes          their outlines
    names           names and numbers of people who do not exist
    people          residents in households
    roads           segments, traffic, planted danger
    speeds          what loops in the road measure, per street and week
    crashes         what happens, and what is registered of it
    crash_register  the file of crashes with its dirt
    texts           free text with what does not belong in it
    registers       complaints, objections, incomes, public order, employees
    partners        counts from ambulance and police; rides nobody may have
    writing         files of any size, whole or absent
    town            everything at once, with the truth for tests
    households      households per neighbourhood, for examples about neighbourhoods
    energy          which of them are cold and poor
    housing         which households live cramped
    mobility        which have no car and live far from a stop
    safety          crime as it happens, is registered, and is felt
    tables          rows to a table
    themes          the files of such an example
    players         made-up approvers of an example, with keys in memory
    cameras         cameras on the worst streets, with what they do planted
    later_town      the town some years later, with those cameras
    stand_in        a small stand-in for the open data of the Utrecht example
    rows            rows that keep a contract, drawn from the contract alone
    needs           which requested columns do not change the answer, tried on made-up rows

May import everything below it. Opens no data. Everything it writes is untrue.
"""

from grondslag.synthetic.later_town import make_later_town
from grondslag.synthetic.rows import made_up_rows
from grondslag.synthetic.stand_in import make_stand_in
from grondslag.synthetic.themes import THEMES, make_theme
from grondslag.synthetic.town import Town, make_town

__all__ = [
    "THEMES",
    "Town",
    "made_up_rows",
    "make_later_town",
    "make_stand_in",
    "make_theme",
    "make_town",
]
