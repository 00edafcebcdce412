"""Where a dataset stands, how it is read, who keeps it, and for how long."""

from collections.abc import Mapping
from typing import Any

from grondslag.canonical import Document, Path
from grondslag.contracts.model import Reading, Retention, Server
from grondslag.contracts.profile import fault, profile_part, value_at

_FILE_FORMATS = ("csv", "parquet", "geojson", "sqlite")
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("y", "yr", "year", "years"), "y"),
    **dict.fromkeys(("m", "mo", "month", "months"), "m"),
}
_DAYS = ("d", "day", "days")


def reading_of(document: Document) -> Reading:
    """How the file must be read; the defaults when the contract does not say.

    Raises:
        InputError: The entry does not fit our profile.
    """
    at = profile_part(document, (), "reading", "reading")
    if at is None:
        return Reading()
    raw = dict(value_at(document, at))
    if "missing" in raw:
        raw["missing"] = tuple(raw["missing"])
    reading = Reading(**raw)
    if reading.decimal == reading.delimiter:
        raise fault("contracts.decimal-delimiter", document, at)
    return reading


def server_of(document: Document) -> Server:
    """The one place where the dataset stands.

    Raises:
        InputError: No place, more than one, or a kind we do not read.
    """
    servers = document.content.get("servers") or []
    if len(servers) != 1:
        raise fault("contracts.one-server", document, ("servers",), count=len(servers))
    raw = servers[0]
    table = document.content["schema"][0]
    if raw["type"] == "local" and raw.get("format") in _FILE_FORMATS:
        own = (item for item in raw.get("customProperties") or () if item["property"] == "table")
        named = next(own, {"value": table["name"]})
        return Server(raw["format"], path=str(raw["path"]), table=str(named["value"]))
    if raw["type"] in ("postgres", "postgresql"):
        return Server(
            "postgres",
            table=str(table.get("physicalName") or table["name"]),
            host=str(raw["host"]),
            port=int(raw["port"]),
            database=str(raw["database"]),
            schema=str(raw["schema"]),
        )
    known = [f"local ({name})" for name in _FILE_FORMATS] + ["postgres"]
    raise fault("contracts.server-kind", document, ("servers", 0, "type"), known=known)


def department_of(content: Mapping[str, Any]) -> str:
    """The department that keeps the dataset; empty when the contract does not say."""
    team = content.get("team")
    return str(team.get("name") or "") if isinstance(team, dict) else ""


def member_of(document: Document, role: str) -> str:
    """Who plays a role in the team; without an owner or a steward nothing can be delivered.

    Raises:
        InputError: Nobody does.
    """
    team = document.content.get("team")
    members = team.get("members") if isinstance(team, dict) else team
    for member in members or ():
        if member.get("role") == role and member.get("username"):
            return str(member["username"])
    raise fault("contracts.no-member", document, ("team",), role=role)


def retention_of(document: Document) -> Retention | None:
    """Retention as ODCS says it; a legal period is counted in calendar years or months.

    Raises:
        InputError: It is said, but not completely.
    """
    at, raw = _agreed(document, "retention")
    if raw is None:
        return None
    unit = _UNITS.get(str(raw.get("unit")), "")
    column = str(raw.get("element") or "").rpartition(".")[2]
    if not unit or not column or not _is_count(raw.get("value"), least=1):
        raise fault("contracts.retention", document, at)
    return Retention(column, raw["value"], unit, str(raw.get("description") or ""))


def freshness_of(document: Document) -> tuple[int | None, str]:
    """How many days old the newest row may be, and by which column; None when not promised.

    Raises:
        InputError: It is promised, but not in whole days.
    """
    at, raw = _agreed(document, "latency")
    if raw is None:
        return None, ""
    column = str(raw.get("element") or "").rpartition(".")[2]
    in_days = str(raw.get("unit")) in _DAYS
    if not in_days or not column or not _is_count(raw.get("value"), least=0):
        raise fault("contracts.freshness", document, at)
    return raw["value"], column


def _agreed(document: Document, name: str) -> tuple[Path, Mapping[str, Any] | None]:
    """Where a service level stands, and what it says."""
    found = [
        (n, item)
        for n, item in enumerate(document.content.get("slaProperties") or ())
        if item.get("property") == name
    ]
    if not found:
        return ("slaProperties",), None
    if len(found) > 1:
        place = ("slaProperties", found[1][0])
        raise fault("contracts.property-twice", document, place, property=name)
    return ("slaProperties", found[0][0]), found[0][1]


def _is_count(value: object, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
