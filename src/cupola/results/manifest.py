"""The manifest: what went into a run, and the display names that a report needs.

It holds no clock time and no machine path, so that equal inputs give an equal manifest, and its hash names the folder.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cupola.base.errors import RunError
from cupola.programme.programme import Programme
from cupola.results.versions import density_table, versions

FORMAT = 1
"""Version of the run folder; a folder of another version is refused with both numbers."""

_DATES = ("as_of", "start", "end")
_TEXT_LISTS = ("settings", "waived")


@dataclass(frozen=True)
class Manifest:
    """Inputs, versions and names of one run."""

    scenario: str
    title: str
    as_of: dt.date
    start: dt.date
    end: dt.date
    seed: int
    futures: int
    settings: tuple[str, ...] = ()
    """``key=value`` overlays of the command line"""
    waived: tuple[str, ...] = ()
    """Rule ids that are recorded but not acted on"""
    files: dict[str, str] = field(default_factory=dict)
    """File name -> SHA-256 of each scenario file that was read"""
    versions: dict[str, str] = field(default_factory=dict)
    """Package -> version; also ``python`` and ``cpu``, NumPy's CPU-dispatch level"""
    solar: dict[str, str] = field(default_factory=dict)
    """``issue``, ``observed_until``, ``forecast_until``, ``source``"""
    density: dict[str, str] = field(default_factory=dict)
    """``name`` and ``sha256`` of the atmosphere table"""
    departure: dict[str, str] = field(default_factory=dict)
    """``partner``, ``after``, ``mode``, ``cut``, ``to``; empty when nobody leaves"""
    partners: list[dict[str, str]] = field(default_factory=list)
    """In file order: ``id``, ``name``, ``role``, ``acts_for``"""
    functions: dict[str, dict[str, str]] = field(default_factory=dict)
    """Id -> ``name``, ``unit``"""
    ports: dict[str, str] = field(default_factory=dict)
    vehicles: dict[str, dict[str, str]] = field(default_factory=dict)
    """Id -> ``name``, ``family``, ``partner``"""
    provisions: dict[str, str] = field(default_factory=dict)
    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    """Id -> ``name``, ``kind``, ``subject``, ``limit`` (SI), ``unit``"""
    baseline: str = ""
    """Folder name of the run to compare with, or empty"""
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain JSON values: ISO dates, lists, mappings. ``span`` repeats start and end."""
        data = dataclasses.asdict(self)
        for name in _DATES:
            data[name] = data[name].isoformat()
        for name in _TEXT_LISTS:
            data[name] = list(data[name])
        data["span"] = {"start": data["start"], "end": data["end"]}
        return data

    def folder_name(self) -> str:
        """``SCENARIO-ASOF-HASH12``, with the first 12 digits of the SHA-256 of the manifest."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, allow_nan=False)
        return f"{self.scenario}-{self.as_of.isoformat()}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def describe(
    programme: Programme,
    *,
    settings: Sequence[str] = (),
    density: Mapping[str, str] | None = None,
    baseline: str = "",
) -> Manifest:
    """The manifest of a programme that is run here and now.

    settings    the ``--set`` overlays as given
    density     ``name`` and ``sha256`` of the atmosphere table; when missing, the shipped one for the inclination
    baseline    folder name of the baseline's run, or empty
    """
    solar = programme.solar
    left = programme.departure
    return Manifest(
        scenario=programme.id,
        title=programme.title,
        as_of=programme.as_of,
        start=programme.span.start,
        end=programme.span.end,
        seed=programme.span.seed,
        futures=programme.span.futures,
        settings=tuple(settings),
        waived=programme.waived,
        files=dict(programme.files),
        versions=versions(),
        solar={
            "issue": solar.issue,
            "observed_until": solar.observed_until.isoformat(),
            "forecast_until": solar.forecast_until.isoformat(),
            "source": solar.source,
        },
        density=density_table(programme.orbit.inclination.value) if density is None else dict(density),
        departure={}
        if left is None
        else {
            "partner": left.partner,
            "after": left.after.isoformat(),
            "mode": left.mode,
            "cut": left.cut,
            "to": left.to,
        },
        baseline=baseline,
        **_names(programme),
    )


def _names(programme: Programme) -> dict[str, Any]:
    return {
        "partners": [
            {"id": row.id, "name": row.name, "role": row.role, "acts_for": row.acts_for}
            for row in programme.partners.values()
        ],
        "functions": {row.id: {"name": row.name, "unit": row.unit} for row in programme.functions.values()},
        "ports": {row.id: row.name for row in programme.ports.values()},
        "vehicles": {
            row.id: {"name": row.name, "family": row.family, "partner": programme.partner_of(row.operator)}
            for row in programme.vehicles.values()
        },
        "provisions": {row.id: row.name for row in programme.provisions.values()},
        "rules": {
            row.id: {
                "name": row.name,
                "kind": row.kind,
                "subject": row.subject,
                "limit": repr(row.limit),
                "unit": row.unit,
            }
            for row in programme.rules.values()
        },
    }


def read_manifest(data: object, where: str) -> Manifest:
    """Check the JSON of a manifest and make it a Manifest.

    Raises RunError that names the field when the format is another, a field is missing or has another type.
    """
    if not isinstance(data, dict):
        raise RunError(f"{where}: the manifest is not a mapping. Run the scenario again.")
    if data.get("format") != FORMAT:
        raise RunError(
            f"{where}: the run folder has another format: got {data.get('format')!r}; expected {FORMAT}. "
            "Run the scenario again with this version."
        )
    values: dict[str, Any] = {}
    for item in dataclasses.fields(Manifest):
        if item.name not in data:
            raise RunError(f"{where}: {item.name} is missing. Run the scenario again.")
        values[item.name] = _read_field(item.name, data[item.name], where)
    return Manifest(**values)


def _read_field(name: str, value: object, where: str) -> object:
    wrong = RunError(f"{where}: {name} has a wrong value: got {str(value)[:60]!r}. Run the scenario again.")
    if name in _DATES:
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            raise wrong from None
    if name in _TEXT_LISTS:
        if isinstance(value, list) and all(isinstance(row, str) for row in value):
            return tuple(value)
        raise wrong
    wanted = {"seed": int, "futures": int, "format": int, "partners": list}.get(
        name, str if name in ("scenario", "title", "baseline") else dict
    )
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise wrong
    rows = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    nested = name in ("partners", "functions", "vehicles", "rules")
    for row in rows:
        texts = row.values() if nested and isinstance(row, dict) else (row,)
        if (nested and not isinstance(row, dict)) or not all(isinstance(text, str) for text in texts):
            raise wrong
    return value
