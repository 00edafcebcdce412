"""What the municipality tells others about its open datasets: DCAT-AP-NL 3.0.

Only a dataset that its own contract calls open is told. What a dataset is like stands in nodes, and
from those the two forms come: JSON-LD and Turtle.

Source:
    DCAT-AP-NL 3.0 (Geonovum, 2025); DCAT 3 (W3C, 2024) 6.4.6 and 14: qualified attribution with
    ``dcat:hadRole``; JSON-LD 1.1 and RDF 1.1 Turtle (W3C).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from grondslag.contracts import Contract
from grondslag.vocabulary import Domain

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
PUBLIC = f"{_AUTHORITY}/access-right/PUBLIC"
_THEMES = f"{_AUTHORITY}/data-theme"
_DUTCH = f"{_AUTHORITY}/language/NLD"
_ROLE = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole"
OWNER, CUSTODIAN = f"{_ROLE}/owner", f"{_ROLE}/custodian"
_THEME = {
    Domain.EDUCATION: "EDUC",
    Domain.YOUTH: "EDUC",
    Domain.CARE: "HEAL",
    Domain.ENVIRONMENT: "ENVI",
    Domain.GEOGRAPHY: "REGI",
    Domain.HOUSING: "SOCI",
    Domain.INCOME: "SOCI",
    Domain.BRP: "SOCI",
    Domain.WORK: "ECON",
    Domain.TAXES: "ECON",
    Domain.PUBLIC_ORDER: "JUST",
    Domain.TRAFFIC: "TRAN",
}
_OTHER = "GOVE"  # what a government does itself: its own staff, its public space
_THEME_NAMES = {
    "ECON": "Economie en financiën",
    "EDUC": "Onderwijs, cultuur en sport",
    "ENVI": "Milieu",
    "GOVE": "Overheid en publieke sector",
    "HEAL": "Gezondheid",
    "JUST": "Justitie, rechtsstelsel en openbare veiligheid",
    "REGI": "Regio's en steden",
    "SOCI": "Bevolking en samenleving",
    "TRAN": "Vervoer",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Dutch, or without a language.

    Args:
        value: The text.
        language: ``nl``, or empty for a code or number.
    """

    value: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and what is said of it.

    Args:
        id: Its address; empty for a thing without one.
        kind: What it is, such as ``dcat:Dataset``.
        says: Per predicate one or more values: a text, a node, or the address of one.
    """

    id: str
    kind: str
    says: Sequence[tuple[str, "Text | Node | str"]] = field(default=())


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an open dataset: read from its contract once, when it came in.

    Args:
        id: Its own address or urn.
        name: By which plans call it.
        title: What people call it.
        description: What it is for.
        department: Whose it is.
        domain: About which field of work.
        version: Of the contract.
        owner: Who decides about it.
        steward: Who looks after it.
        purposes: For which purposes it may be used.
    """

    id: str
    name: str
    title: str
    description: str
    department: str
    domain: str
    version: str
    owner: str
    steward: str
    purposes: Sequence[str]


def told_of(contract: Contract) -> Told | None:
    """What may be told of a dataset; nothing unless its own contract calls it open."""
    if contract.privacy.access != "open":
        return None
    return Told(
        contract.id, contract.name, contract.title, _description(contract), contract.department,
        str(contract.privacy.domain), contract.version, contract.owner, contract.steward,
        list(contract.privacy.purposes),
    )  # fmt: skip


def catalogue_node(datasets: Iterable[Told], *, municipality: str, base: str, contact: str) -> Node:
    """The catalogue as it may be told to anybody.

    Args:
        datasets: The open ones.
        municipality: Who publishes it.
        base: Address of the portal, without a stroke at the end.
        contact: Page where people can ask something.
    """
    publisher = Node(f"{base}/id/gemeente", "foaf:Agent", [("foaf:name", Text(municipality))])
    asks = _contact(municipality, contact, base)
    said: list[tuple[str, Text | Node | str]] = [
        ("dct:title", Text(f"Open gegevens van {municipality}")),
        ("dct:description", Text(f"De open datasets van {municipality}, met wie erover gaat.")),
        ("dct:publisher", publisher),
        ("dcat:contactPoint", asks),
        ("dct:creator", publisher.id),
        ("dct:language", Node(_DUTCH, "dct:LinguisticSystem")),
    ]
    said += [
        ("dcat:dataset", _dataset(told, publisher.id, asks.id, base))
        for told in sorted(datasets, key=lambda one: one.name)
    ]
    return Node(f"{base}/id/catalogus", "dcat:Catalog", said)


def to_json_ld(root: Node) -> str:
    """A node and all below it as JSON-LD."""
    return json.dumps({"@context": PREFIXES, **_json(root)}, ensure_ascii=False, indent=2) + "\n"


def to_turtle(root: Node) -> str:
    """A node and all below it as Turtle."""
    heads = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    found: dict[str, Node] = {}
    _collect(root, found)
    blocks = (f"\n<{_iri(node.id)}> {_turtle_of(node, 1)} .\n" for node in found.values())
    return heads + "".join(blocks)


def _dataset(told: Told, publisher: str, contact: str, base: str) -> Node:
    department = Node(
        f"{base}/id/afdeling/{quote(told.department, safe='')}",
        "foaf:Agent", [("foaf:name", Text(told.department))],
    )  # fmt: skip
    theme = _THEME.get(Domain(told.domain), _OTHER)
    scheme = Node(_THEMES, "skos:ConceptScheme", [("dct:title", Text("Data themes", "en"))])
    concept: list[tuple[str, Text | Node | str]] = [
        ("skos:prefLabel", Text(_THEME_NAMES[theme])),
        ("skos:inScheme", scheme),
    ]
    says: list[tuple[str, Text | Node | str]] = [
        ("dct:identifier", Text(told.id, "")),
        ("dct:title", Text(told.title)),
        ("dct:description", Text(told.description)),
        ("dct:accessRights", Node(PUBLIC, "dct:RightsStatement")),
        ("dct:creator", department),
        ("dct:publisher", publisher),
        ("dcat:contactPoint", contact),
        ("dcat:theme", Node(f"{_THEMES}/{theme}", "skos:Concept", concept)),
        ("dct:language", _DUTCH),
        ("dcat:version", Text(told.version, "")),
        ("prov:qualifiedAttribution", _attribution(told.owner, OWNER)),
        ("prov:qualifiedAttribution", _attribution(told.steward, CUSTODIAN)),
    ]
    says += [("dcat:keyword", Text(purpose)) for purpose in told.purposes]
    return Node(f"{base}/id/dataset/{told.name}", "dcat:Dataset", says)


def _attribution(who: str, role: str) -> Node:
    """Who has which role towards the dataset."""
    agent = Node("", "foaf:Agent", [("foaf:name", Text(who, ""))])
    kind = Node(role, "dcat:Role")
    return Node("", "prov:Attribution", [("prov:agent", agent), ("dcat:hadRole", kind)])


def _contact(name: str, page: str, base: str) -> Node:
    return Node(
        f"{base}/id/contact", "vcard:Kind",
        [("vcard:fn", Text(name)), ("vcard:hasURL", page)],
    )  # fmt: skip


def _description(contract: Contract) -> str:
    said = contract.document.content.get("description")
    parts = said if isinstance(said, dict) else {}
    found = [str(parts[name]) for name in ("purpose", "limitations") if parts.get(name)]
    return " ".join(found) or contract.privacy.origin


def _json(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"@id": node.id} if node.id else {}
    found["@type"] = node.kind
    for predicate, value in node.says:
        shown = _json_value(value)
        if predicate in found:
            before = found[predicate]
            found[predicate] = [*before, shown] if isinstance(before, list) else [before, shown]
        else:
            found[predicate] = shown
    return found


def _json_value(value: "Text | Node | str") -> object:
    if isinstance(value, Text):
        told = {"@value": value.value, "@language": value.language}
        return told if value.language else value.value
    return _json(value) if isinstance(value, Node) else {"@id": value}


def _collect(node: Node, found: dict[str, Node]) -> None:
    """Every node with an address, each once, the first to come on top."""
    if node.id:
        if node.id in found:
            return
        found[node.id] = node
    for _, value in node.says:
        if isinstance(value, Node):
            _collect(value, found)


def _turtle_of(node: Node, depth: int) -> str:
    indent = "  " * depth
    said = "".join(f" ;\n{indent}{name} {_turtle_value(value, depth)}" for name, value in node.says)
    return f"a {node.kind}{said}"


def _turtle_value(value: "Text | Node | str", depth: int) -> str:
    if isinstance(value, Text):
        mark = f"@{value.language}" if value.language else ""
        return f"{_quoted(value.value)}{mark}"
    if isinstance(value, Node):
        return f"<{_iri(value.id)}>" if value.id else f"[ {_turtle_of(value, depth + 1)} ]"
    return f"<{_iri(value)}>"


def _quoted(text: str) -> str:
    """A text as JSON writes it: the escapes of Turtle are the same ones."""
    return json.dumps(text, ensure_ascii=False)


def _iri(address: str) -> str:
    """An address without the signs that Turtle does not allow in one."""
    return re.sub(r"[\x00-\x20<>\"{}|^`\\]", lambda sign: quote(sign.group()), address)
