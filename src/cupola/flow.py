"""From a scenario to saved runs with their answers: load, simulate case and baseline, analyse, save.

The command line and the notebook use the same functions. Each room is imported when it is needed, so that asking
for help or for a scenario's text does not load the simulation.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cupola.base.errors import Problem, ScenarioError
from cupola.base.time import parse_date
from cupola.programme.settings import Span

if TYPE_CHECKING:
    from cupola.analysis.orbit_check import OrbitCheck
    from cupola.programme.programme import Programme
    from cupola.results import Run

Tables = Mapping[str, Mapping[str, Any]]
Say = Callable[[str], None]

RUNS = Path("runs")
"""Where runs are saved unless another folder is given, relative to the working directory."""


@dataclass(frozen=True)
class Source:
    """A scenario with the overlays of the command line: enough to read it again."""

    scenario: str | Path
    as_of: dt.date | None = None
    settings: tuple[str, ...] = ()
    waive: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A saved run and the saved run of its baseline, where it has one."""

    programme: Programme
    run: Run
    baseline: Run | None
    continued: Case | None = None
    """The part that separated, flown on in the programme that the departure names"""
    orbit_check: OrbitCheck | None = None
    """The run's orbit flown again by the full engine, where that was asked for"""


def load(
    scenario: str | Path,
    *,
    as_of: str | dt.date | None = None,
    settings: Sequence[str] = (),
    waive: Sequence[str] = (),
) -> Programme:
    """Read a scenario as it was known on a date and check it.

    scenario    name of a shipped scenario, or path of a scenario folder or overlay file
    as_of       ``YYYY-MM-DD`` or a date; today when missing
    settings    overlays ``key=value``, e.g. ``orbit.altitude=410 km``
    waive       ids of rules that are recorded but not acted on

    Raises ScenarioError with every problem that one pass found, DomainError for a date that is none.
    """
    from cupola.scenario import load as read

    day = parse_date(as_of) if isinstance(as_of, str) else as_of
    return read(scenario, as_of=day, settings=tuple(settings), waive=tuple(waive))


def run(
    scenario: str | Path,
    *,
    as_of: str | dt.date | None = None,
    settings: Sequence[str] = (),
    waive: Sequence[str] = (),
    out: str | Path = RUNS,
    against: Source | None = None,
    verify_days: int | None = None,
    say: Say | None = None,
) -> Case:
    """Simulate a scenario and its baseline, analyse both, save both under ``out``.

    against     what to compare with; when missing, the scenario's own ``baseline``, if it names one
    verify_days   how many days of the run's orbit the full engine flies again, beside the run; none when missing
    say         called with one line of progress at a time

    Raises ScenarioError, and then nothing is written; RunError or OSError when a run cannot be saved.
    """
    from cupola.analysis.notes import notes

    tell = say or (lambda text: None)
    programme = load(scenario, as_of=as_of, settings=settings, waive=waive)
    check_departure(programme)
    source = against
    if source is None and programme.baseline:
        source = Source(_beside(scenario, programme.baseline), settings=tuple(settings), waive=tuple(waive))
    # Both are read before either is simulated, so that a mistake in one leaves nothing half done.
    other = None if source is None else _read_baseline(source, programme, tell)
    if other is not None and against is None:
        _tell_differences(other[0], programme, tell)
    onward = _read_onward(scenario, programme)
    # A place that cannot be written is better known now than after the simulation.
    _make_place(Path(out))
    for note in notes(programme):
        tell(note)
    reference: Run | None = None
    reference_tables: Tables | None = None
    if other is not None:
        reference_programme, used = other
        reference_tables = _simulate(reference_programme, "baseline", tell)
        reference = _save(reference_programme, reference_tables, None, out, used, "")
    tables = _simulate(programme, "case", tell)
    saved = _save(
        programme, tables, reference_tables, out, tuple(settings), reference.path.name if reference is not None else ""
    )
    continued = None if onward is None else _fly_on(programme, onward, tables, saved, Path(out), tell)
    check = None if verify_days is None else _verify(programme, tables, saved, verify_days, tell)
    return Case(programme, saved, reference, continued, check)


def _verify(programme: Programme, tables: Tables, saved: Run, days: int, tell: Say) -> OrbitCheck | None:
    """Fly the orbit again and write both altitudes beside the run's tables; what cannot be flown is said."""
    from cupola.analysis.orbit_check import check_orbit, write_check
    from cupola.base.errors import CupolaError

    tell(f"Flying {days} days of the orbit again by the full engine, some {max(1, days // 4)} s")
    try:
        check = check_orbit(programme, tables, days)
    except CupolaError as error:
        tell(f"The orbit was not flown again. {error}")
        return None
    write_check(check, saved.path)
    return check


def _read_onward(scenario: str | Path, programme: Programme) -> Programme | None:
    """The programme in which a part that separates is flown on, read before anything is simulated."""
    from cupola.analysis.onward import check_onward

    leaving = programme.departure
    if leaving is None or not leaving.continues:
        return None
    other = load(_beside(scenario, leaving.continues), as_of=programme.as_of)
    check_onward(programme, other)
    return other


def _fly_on(programme: Programme, other: Programme, tables: Tables, saved: Run, out: Path, tell: Say) -> Case | None:
    """Write the state of the part that separated as a scenario of the other programme, and run that."""
    from cupola.analysis.onward import write_onward

    folder, notes = write_onward(programme, other, tables, saved.details.versions, out)
    for note in notes:
        tell(note)
    return None if folder is None else run(folder, as_of=programme.as_of, out=out, say=tell)


def check_departure(programme: Programme) -> None:
    """Refuse a departure that no run can show: one in the past, which the record denies, or a cut of what is gone.

    Raises ScenarioError that names the file and line, or the option, that gave it.
    """
    leaving, start = programme.departure, max(programme.span.start, programme.as_of)
    if leaving is None:
        return
    if leaving.after < start:
        key, what, got = "departure.after", "lies before the as-of day, or the first day of the run", str(leaving.after)
        expected = f"{start} or later"
        remedy = "Choose an earlier as-of day or a later departure: by the record the partner has not left."
        said = programme.statements.get(leaving.statement)
        if said is not None:
            remedy += f" Try --as-of {said.said}, the day on which it was announced."
    elif leaving.mode == "separates" and leaving.cut not in programme.attached_on(leaving.after):
        key, what, got = "departure.cut", f"is not part of the station on {leaving.after}", leaving.cut
        expected = ""
        remedy = "Name an element that 'cupola show' lists for that day."
    else:
        return
    where = {trace.key: trace.won for trace in programme.traces}.get(key, "departure")
    raise ScenarioError(programme.id, [Problem(where, key, what, got, expected, remedy)])


def open_run(path: str | Path) -> Run:
    """Open a saved run folder. Raises RunError that says what is missing or of another version."""
    from cupola.results import open_run as read

    return read(path)


def compare(baseline: Run | str | Path, case: Run | str | Path) -> list[dict[str, Any]]:
    """Two saved runs side by side: one row a figure, with its value in both.

    The names of partners and rules, and the end of the span, are those of the case.
    """
    from cupola.analysis import compare as side_by_side

    first = open_run(baseline) if isinstance(baseline, str | Path) else baseline
    second = open_run(case) if isinstance(case, str | Path) else case
    # The comparison asks a programme for names and the span only, and a run folder holds these without the scenario.
    names = cast("Programme", _names(second))
    return side_by_side(names, first.load(), second.load(), first.details.end)


def baseline_of(case: Run) -> Run | None:
    """The run that a saved run was compared with, when it still lies beside it."""
    from cupola.results import open_run as read

    name = case.details.baseline
    place = case.path.parent / name
    # The name comes from a file that anyone may have written: only a plain folder name beside the run is followed.
    if not name or Path(name).name != name or not place.is_dir():
        return None
    return read(place)


@dataclass(frozen=True)
class _Named:
    name: str


@dataclass(frozen=True)
class _Names:
    """What a run's manifest knows of its programme, under the programme's own attribute names."""

    partners: dict[str, _Named]
    rules: dict[str, _Named]
    span: Span


def _names(run: Run) -> _Names:
    details = run.details
    return _Names(
        partners={row["id"]: _Named(row["name"]) for row in details.partners},
        rules={key: _Named(row["name"]) for key, row in details.rules.items()},
        span=Span(details.start, details.end, details.seed, details.futures),
    )


def departure_settings(partner: str, after: str, mode: str, **more: str) -> tuple[str, ...]:
    """The overlays that make a partner leave; ``more`` are fields of the departure.

    An empty value leaves the scenario's own in force.
    """
    values = {"partner": partner, "after": after, "mode": mode, **more}
    return tuple(f"departure.{key}={value}" for key, value in values.items() if value)


def _beside(scenario: str | Path, baseline: str) -> str | Path:
    """A baseline that lies beside the scenario's own folder wins over a shipped one of that name."""
    place = Path(scenario)
    if place.exists():
        for candidate in (place.parent / baseline, place.parent / f"{baseline}.yaml"):
            if candidate.exists():
                return candidate
    return baseline


def _read_baseline(source: Source, programme: Programme, tell: Say) -> tuple[Programme, tuple[str, ...]]:
    """Read the baseline as of the case's day and over its span, with the overlays that it knows.

    The departure is the difference between the two, so its overlays stay with the case. An overlay of a row that only
    the case has cannot be set in the baseline; it is left out there, and said.
    """
    settings = tuple(text for text in source.settings if not text.strip().startswith("departure."))
    waive = source.waive
    try:
        other = load(source.scenario, as_of=programme.as_of, settings=settings, waive=waive)
    except ScenarioError as error:
        kept = tuple(text for text in settings if not _concerns(error, "--set", text.partition("=")[0].strip()))
        held = tuple(rule for rule in waive if not _concerns(error, "--waive", rule))
        if (kept, held) == (settings, waive):
            raise
        left_out = sorted({*settings, *waive} - {*kept, *held})
        tell(f"Left out of the baseline, which does not know it: {', '.join(left_out)}")
        settings, waive = kept, held
        other = load(source.scenario, as_of=programme.as_of, settings=settings, waive=waive)
    if other.span != programme.span:
        span = programme.span
        settings += tuple(f"span.{item.name}={getattr(span, item.name)}" for item in dataclasses.fields(span))
        other = load(source.scenario, as_of=programme.as_of, settings=settings, waive=waive)
    return other, settings


def _tell_differences(baseline: Programme, programme: Programme, tell: Say) -> None:
    """Say what else than the departure the scenario changes, for that too stands in the comparison."""
    from cupola.scenario.difference import differences

    found = [row.key for row in differences(baseline, programme) if row.table not in ("scenario", "departure", "span")]
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        tell(f"The baseline differs in more than the departure: {', '.join(found[:3])}{more}.")


def _concerns(error: ScenarioError, where: str, key: str) -> bool:
    """Whether a problem is about a key of the command line, or about the row that the key names."""
    return any(problem.where == where and f"{key}.".startswith(f"{problem.key}.") for problem in error.problems)


def _make_place(place: Path) -> None:
    """Make the folder of the runs. Raises OSError that says why nothing can be saved in it."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, "is a file, not a folder for runs", str(place)) from None
    if not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "is a folder in which nothing may be written", str(place))


def _simulate(programme: Programme, part: str, tell: Say) -> Tables:
    from cupola.physics.density import at_hand, kept_tables
    from cupola.simulation import simulate

    span = programme.span
    if not at_hand(programme.orbit.inclination.value):
        tell(f"There is no table of the air for this inclination: one is made, a minute, and kept in {kept_tables()}")
    tell(f"Simulating the {part}, {programme.id}: {span.start} to {span.end}, as of {programme.as_of}")
    return simulate(programme)


def _save(
    programme: Programme,
    tables: Tables,
    reference: Tables | None,
    out: str | Path,
    settings: tuple[str, ...],
    baseline: str,
) -> Run:
    from cupola.analysis import answer_tables, deadline
    from cupola.results import describe, save
    from cupola.simulation import let_down

    last = deadline(programme, tables)
    answers = answer_tables(programme, tables, reference, let_down(programme, last) if last else None)
    manifest = describe(programme, settings=settings, baseline=baseline)
    return save(Path(out), {**tables, **answers}, manifest)
