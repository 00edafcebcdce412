"""Words that say why, in a text about figures that only show where.

A Dutch "door" mostly names who did something: "door bewoners gemeld". It says why when the same
sentence tells of more, fewer or change. So the weak words count only there.
"""

import re

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_STRONG = re.compile(
    r"\b(leidt tot|leidde tot|leiden tot|leidden tot|geleid tot|heeft geleid|dankzij"
    r"|veroorza\w+|doordat|als gevolg van|komt door|kwam door|ligt aan|lag aan|de oorzaak"
    r"|te danken aan|te wijten aan|helpt tegen|hielp tegen"
    r"|leads? to|led to|thanks to|caus(?:e|es|ed|ing)|as a result of|due to|owing to"
    r"|result(?:s|ed) in)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(door|zorgt voor|zorgde voor|zorgen voor|zorgden voor|vanwege|daardoor|hierdoor|waardoor"
    r"|because of|makes?|made)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(meer|minder|daalt|dalen|daalde\w*|daling|gedaald|stijgt|stijgen|steeg|stegen|stijging"
    r"|gestegen|toename|toegenomen|neemt toe|nam toe|afname|afgenomen|neemt af|nam af|hoger|lager"
    r"|veiliger|onveiliger|gevaarlijker|beter|slechter|vaker"
    r"|more|fewer|less|higher|lower|safer|drop\w*|fell|rise|rose|increase\w*|decrease\w*)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\?\s*$")
_NOT_SAID = re.compile(
    r"\b(niet waardoor|niet waarom|geen oorzaak|niet door|not why|no cause)\b", re.IGNORECASE
)


def causal_words(text: str) -> tuple[str, ...]:
    """The words of a text that say why, in their order; a question asks, and says nothing.

    Args:
        text: What people will read, in Dutch or English.
    """
    found = []
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if _ASKED.search(sentence) or _NOT_SAID.search(sentence):
            continue
        strong = [(hit.start(), hit.group(0)) for hit in _STRONG.finditer(sentence)]
        weak = [(hit.start(), hit.group(0)) for hit in _WEAK.finditer(sentence)]
        told = strong + (weak if _CHANGE.search(sentence) else [])
        found += [word.lower() for _at, word in sorted(told)]
    return tuple(dict.fromkeys(found))
