"""The manifest: what went into a run, and the display names that a report needs.

It holds no clock time and no machine path, so that equal inputs give an equal manifest, and its hash names the folder.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
import re
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
_BOUNDS = {"seed": 2**63 - 1, "futures": 1_000_000, "format": FORMAT}
_NESTED = {
    "partners": ("id", "name", "role", "acts_for"),
    "functions": ("name", "unit"),
    "vehicles": ("name", "family", "partner"),
    "rules": ("name", "kind", "subject", "limit", "unit"),
}
"""Keys that each row of a table of names must have."""
_KEYS = {"solar": ("issue", "observed_until", "forecast_until", "source"), "departure": ("partner", "after", "mode")}
"""Keys of a mapping that is not empty."""
_FOLDER = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,150})?")
MAX_TEXT = 20_000


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
            f"{where}: the run folder has another format: got {_shown(data.get('format'))}; expected {FORMAT}. "
            "Run the scenario again with this version."
        )
    values: dict[str, Any] = {}
    for item in dataclasses.fields(Manifest):
        if item.name not in data:
            raise RunError(f"{where}: {item.name} is missing. Run the scenario again.")
        values[item.name] = _read_field(item.name, data[item.name], where)
    if values["end"] < values["start"]:
        raise RunError(f"{where}: end has a wrong value: got {values['end']}, before start. Run the scenario again.")
    return Manifest(**values)


def _read_field(name: str, value: object, where: str) -> object:
    if name in _DATES and (day := _date(value)) is not None:
        return day
    if name in _TEXT_LISTS and isinstance(value, list) and all(_is_text(row) for row in value):
        return tuple(value)
    if name not in (*_DATES, *_TEXT_LISTS) and _is_right(name, value):
        return value
    raise RunError(f"{where}: {name} has a wrong value: got {_shown(value)}. Run the scenario again.")


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT and "\0" not in value


def _is_right(name: str, value: object) -> bool:
    """Whether the value of a field that is neither a date nor a list of texts has the right type and keys."""
    if name in _BOUNDS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _BOUNDS[name]
    if name in ("scenario", "title", "baseline"):
        # The baseline is looked for beside the run, so it must be a plain name.
        return _is_text(value) and (name != "baseline" or _FOLDER.fullmatch(str(value)) is not None)
    if name == "partners":
        return isinstance(value, list) and all(_has(row, _NESTED[name]) for row in value)
    if not isinstance(value, dict):
        return False
    if name in _NESTED:
        return all(_has(row, _NESTED[name]) and _is_limit(row.get("limit", "0")) for row in value.values())
    return _has(value, _KEYS.get(name, ()) if value else ())


def _has(row: object, keys: Sequence[str]) -> bool:
    """Whether a row is a mapping of texts with at least these keys."""
    return isinstance(row, dict) and all(key in row for key in keys) and all(_is_text(text) for text in row.values())


def _is_limit(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _shown(value: object) -> str:
    """A value in a message: a short text or number as it is, of anything else its type only."""
    return repr(value)[:60] if isinstance(value, str | int | float | bool | None) else f"a {type(value).__name__}"
