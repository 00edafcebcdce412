"""The privacy entry of a dataset as a whole, and the list of areas it pins."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from grondslag.canonical import Document, Path
from grondslag.contracts.areas import AreaList, read_areas
from grondslag.contracts.breaks import breaks_from
from grondslag.contracts.model import (
    CompatiblePurpose,
    Contributors,
    DataKind,
    DatasetPrivacy,
    LegalBasis,
    Linking,
    Objections,
    SecrecyMark,
    Waivers,
)
from grondslag.contracts.observation import observation_from
from grondslag.contracts.profile import fault, form_at, value_at
from grondslag.vocabulary import CollectedFrom, Domain, GdprBasis, Secrecy

_FACTORS = ("link", "context", "nature", "consequences", "safeguards")


def pinned_areas(folder: FilePath, document: Document, at: Path) -> AreaList | None:
    """The list of areas that the entry at *at* pins by hash, read from the contract's folder.

    Raises:
        InputError: The list is not there, is at fault, or is not the one that was pinned.
    """
    pinned = value_at(document, at).get("areas")
    if pinned is None:
        return None
    path = folder / pinned["file"]
    if not path.is_file():
        raise fault("contracts.areas-missing", document, (*at, "areas", "file"), areas=path.name)
    areas = read_areas(path)
    if areas.sha256 != pinned["sha256"]:
        where = (*at, "areas", "sha256")
        raise fault(
            "contracts.areas-changed", document, where, areas=pinned["file"], sha256=areas.sha256
        )
    return areas


def dataset_privacy(document: Document, at: Path, areas: AreaList | None) -> DatasetPrivacy:
    """The entry at *at* as values, after its schema was checked.

    Raises:
        InputError: A form in it does not exist, with its line.
    """
    raw = value_at(document, at)
    linking = raw.get("linking")
    return DatasetPrivacy(
        data=DataKind(raw["data"]),
        access=raw["access"],
        domain=Domain(raw["domain"]),
        secrecy=Secrecy(raw["secrecy"]),
        purposes=tuple(raw["purposes"]),
        compatible_purposes=tuple(
            CompatiblePurpose(item["purpose"], {key: item[key] for key in _FACTORS})
            for item in raw.get("compatible_purposes", ())
        ),
        legal_basis=_basis(raw["legal_basis"]),
        data_subjects=tuple(raw.get("data_subjects", ())),
        origin=raw["origin"],
        collection=raw["collection"],
        processing_activity=raw.get("processing_activity", ""),
        person_key=raw.get("person_key", ""),
        minimum_group=raw["minimum_group"],
        secrecy_mark=_secrecy_mark(document, (*at, "secrecy_mark")),
        objections=_objections(raw.get("objections")),
        linking=None if linking is None else Linking(linking["key"], tuple(linking["domains"])),
        areas=areas,
        source_folders=tuple(raw.get("source_folders", ())),
        collected_from=CollectedFrom(raw["collected_from"]) if "collected_from" in raw else None,
        observation=observation_from(raw.get("observation")),
        breaks=breaks_from(raw.get("breaks", ())),
        contributors=Contributors(raw["contributors"]) if "contributors" in raw else None,
        waivers=_waivers(raw.get("waivers")),
    )


def _basis(raw: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(GdprBasis(raw["gdpr"]), raw["law"], raw["article"], raw.get("task", ""))


def _secrecy_mark(document: Document, at: Path) -> SecrecyMark | None:
    raw = value_at(document, at[:-1]).get("secrecy_mark")
    if raw is None:
        return None
    coarsen = {
        column: form_at(document, (*at, "coarsen", column), text)
        for column, text in raw["coarsen"].items()
    }
    return SecrecyMark(raw["column"], raw["value"], coarsen)


def _waivers(raw: Mapping[str, Any] | None) -> Waivers | None:
    if raw is None:
        return None
    day = date.fromisoformat(raw["date"])
    return Waivers(raw["column"], raw["value"], raw["statement"], day)


def _objections(raw: Mapping[str, Any] | None) -> Objections | None:
    if raw is None:
        return None
    return Objections(
        raw["dataset"], raw["person"], raw["purpose"], raw["state"], tuple(raw["left_out_states"])
    )
