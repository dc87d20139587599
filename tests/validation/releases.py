"""Releases of the station's predicted trajectory beside flights of the full engine from their first 24 hours.

Every second release, by the time of its start and from the first on, is for choosing; the others are the test. Two
things were chosen, by how well a flight follows the first 24 hours of the releases for choosing (``tools/
check_releases.py degrees`` prints the figures): the field to degree and order 36, which is what the releases were
flown in, and a flux and an ap that stay the same from the first instant on, as they do in the releases. The drag area
takes up their level, so that it hardly matters which; it is the mean of the 27 days before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.base.constants import STANDARD_GRAVITY
from cupola.flight.full import Burn, Craft, Forces, State, fly
from cupola.flight.full_fit import Fit, fit
from cupola.flight.full_weather import HISTORY_DAYS, MEAN_DAYS, Indices, constant_indices, observed_indices
from cupola.flight.utc import day_of

PATH = Path(__file__).parent / "data" / "release_states.npz"
MARKS = (1, 3, 7, 14)
"""Days after the start at which the two are compared"""
DEGREE, STEP_S = 36, 30.0
LEAST_S = 8 * 3_600.0
"""Shortest coasting stretch at the end of the first day that is taken for the fit where a burn cuts it"""
NEAR_S = 300.0
WINDOW_DAYS = 3.0
MASS, AREA = 450_000.0, 3_000.0
"""Where a release does not tell: only their ratio matters, and the area is fitted."""
IMPULSE_S = 300.0
"""Specific impulse of the burns: it sets what little mass they take."""
MEMORY_DAYS = 27
KM = 1e3


@dataclass(frozen=True, eq=False)
class Release:
    """One release, as cut by ``tools/make_release_states.py``."""

    name: str
    number: int
    instants: np.ndarray
    """(n,) UTC"""
    states: np.ndarray
    """(6, n) GCRF"""
    burns: np.ndarray
    """(k, 6) seconds to the begin and the end, velocity change along R, T, N [m/s], size in the table of events"""
    visits: np.ndarray
    """Seconds to each docking, undocking and relocation"""
    mass: float
    told: float
    """C_D A of the comments [m2]; NaN where they give none"""

    @property
    def seconds(self) -> np.ndarray:
        return np.asarray((self.instants - self.instants[0]) / np.timedelta64(1, "s"))

    @property
    def is_planned(self) -> bool:
        """Whether the velocity change of every burn is known."""
        return not bool(np.isnan(self.burns[:, 2]).any())

    @property
    def coasts_until(self) -> float:
        """Seconds to the first burn after the stretch that is fitted, or to the end."""
        first, _ = self.stretch
        later = [row[0] for row in self.burns.tolist() if row[0] > first]
        return min([*later, float(self.seconds[-1])])

    @property
    def stretch(self) -> tuple[float, float]:
        """Seconds to the begin and the end of the coasting stretch of the first day from which all is fitted."""
        edges = [0.0]
        for begin, end in self.burns[:, :2].tolist():
            if begin < 86_400.0:
                edges += [max(begin, 0.0), max(end, 0.0)]
        edges.append(86_400.0)
        stretches = list(zip(edges[::2], edges[1::2], strict=True))
        last = stretches[-1]
        return last if last[1] - last[0] >= LEAST_S else max(stretches, key=lambda one: one[1] - one[0])


def load(path: Path = PATH) -> tuple[Release, ...]:
    """All releases of a file, by the time of their start."""
    with np.load(path, allow_pickle=False) as data:
        return tuple(
            Release(
                str(name),
                k,
                data[f"us_{k}"].astype("datetime64[us]"),
                np.ascontiguousarray(data[f"states_{k}"].T),
                data[f"burns_{k}"],
                data[f"visits_{k}"],
                *(float(value) for value in np.where(np.isnan(data["craft"][k]), [MASS, np.nan], data["craft"][k])),
            )
            for k, name in enumerate(data["names"].tolist())
        )


@lru_cache(maxsize=1)
def releases() -> tuple[Release, ...]:
    return load()


def of_half(chosen: bool) -> tuple[Release, ...]:
    return tuple(one for one in releases() if (one.number % 2 == 0) == chosen)


def forces(degree: int = DEGREE) -> Forces:
    return Forces(degree=degree, step_s=STEP_S)


def steady(release: Release, days: int = MEMORY_DAYS) -> Indices:
    """One flux and one ap throughout: their means over the days before the release begins."""
    observed, first = observed_indices(), day_of(release.instants[0])
    end = int(first) - observed.first_mjd
    past = slice(end - days, end)
    f107, ap = float(observed.f107[past].mean()), float(observed.ap[past].mean())
    return constant_indices(f107, ap, first - HISTORY_DAYS, day_of(release.instants[-1]))


def held(release: Release) -> Indices:
    """As observed in the first 24 hours; then the flux of the last whole day and the mean ap of the first 24 hours."""
    observed, end = observed_indices(), day_of(release.instants[0]) + 1.0
    known = int(end) - observed.first_mjd
    hours = int((end - int(end)) * 8.0)
    count = int(day_of(release.instants[-1]) - end) + MEAN_DAYS
    rows = np.concatenate([observed.ap[known - 1, hours:], observed.ap[known, :hours]])
    ap = np.full((count, 8), float(rows.mean()))
    ap[0, :hours] = observed.ap[known, :hours]
    f107 = np.full(count, observed.f107[known - 1])
    past = Indices(observed.first_mjd, observed.f107[:known], observed.ap[:known])
    return past.followed_by(Indices(past.last_mjd + 1, f107, ap))


def observed(release: Release) -> Indices:
    """As they were, which nobody knew at the end of the first day."""
    return observed_indices()


SKIES = {"steady": steady, "held": held, "observed": observed}


@lru_cache(maxsize=256)
def fitted(release: Release, sky: str = "steady", degree: int = DEGREE) -> Fit:
    """Start and drag area from the positions of the first 24 hours alone."""
    first, last = release.stretch
    seconds = release.seconds
    mine = (seconds >= first) & (seconds <= last)
    area = release.told if release.told > 0.0 else AREA
    guess = State(release.instants[mine][0], release.states[:, mine][:, 0], Craft(release.mass, area))
    return fit(
        guess, release.instants[mine], release.states[:3, mine], forces=forces(degree), indices=SKIES[sky](release)
    )


def areas(release: Release) -> dict[int, float]:
    """C_D A [m2] that the coasting states of WINDOW_DAYS from a day on tell, with the steady indices, by day."""
    found, seconds = {}, release.seconds
    for day in range(int(np.floor(release.coasts_until / 86_400.0 - WINDOW_DAYS)) + 1):
        mine = (seconds >= day * 86_400.0) & (seconds <= (day + WINDOW_DAYS) * 86_400.0)
        craft = fitted(release).state.craft
        guess = State(release.instants[mine][0], release.states[:, mine][:, 0], craft)
        positions = release.states[:3, mine]
        one = fit(guess, release.instants[mine], positions, forces=forces(), indices=steady(release))
        found[day] = one.state.craft.drag_area_m2
    return found


def planned(release: Release) -> list[Burn]:
    """Its burns after the fitted stretch, with the velocity changes that its states hold."""
    burns = []
    for begin, end, *change, _ in release.burns.tolist():
        if begin < release.stretch[0]:
            continue
        size = float(np.linalg.norm(change))
        force = release.mass * IMPULSE_S * STANDARD_GRAVITY * -np.expm1(-size / (IMPULSE_S * STANDARD_GRAVITY))
        start = release.instants[0] + np.timedelta64(round(begin * 1e6), "us")
        burns.append(Burn(start, end - begin, force / (end - begin), IMPULSE_S, (change[0], change[1], change[2])))
    return burns


def flown(release: Release, start: State, instants: np.ndarray, sky: str, burns: bool = False) -> np.ndarray:
    """(6, n) states at instants, rising."""
    plan = planned(release) if burns else []
    flight = fly(start, instants[-1], forces=forces(), indices=SKIES[sky](release), burns=plan, at=instants)
    return flight.states


def places(release: Release, burns: bool = False) -> dict[int, int]:
    """Of each mark that the release reaches coasting, or with its burns to its end, the place of its state."""
    seconds = release.seconds
    begin = release.stretch[0]
    until = seconds[-1] if burns and release.is_planned else release.coasts_until
    found = {}
    for mark in MARKS:
        place = int(np.argmin(np.abs(seconds - mark * 86_400.0)))
        if abs(seconds[place] - mark * 86_400.0) <= NEAR_S and begin < seconds[place] <= until:
            found[mark] = place
    return found


@lru_cache(maxsize=256)
def errors(release: Release, sky: str = "steady", burns: bool = False) -> dict[int, float]:
    """Distance from the release by mark [km], for the marks that it reaches."""
    where = places(release, burns)
    if not where:
        return {}
    at = np.array(list(where.values()))
    return apart(flown(release, fitted(release, sky).state, release.instants[at], sky, burns), release, where)


@lru_cache(maxsize=64)
def unfitted(release: Release) -> dict[int, float]:
    """The same of a flight from the release's first state with the drag area that its comments tell."""
    where = places(release)
    if not where or np.isnan(release.told):
        return {}
    at = np.array(list(where.values()))
    start = State(release.instants[0], release.states[:, 0], Craft(release.mass, release.told))
    return apart(flown(release, start, release.instants[at], "observed"), release, where)


def apart(states: np.ndarray, release: Release, where: dict[int, int]) -> dict[int, float]:
    """Distance of states from a release by mark [km]."""
    at = np.array(list(where.values()))
    gaps = np.linalg.norm(states[:3] - release.states[:3, at], axis=0) / KM
    return dict(zip(where, gaps.tolist(), strict=True))


@dataclass(frozen=True)
class Pair:
    """A release and the first state of a later one."""

    days: float
    """From the start of the earlier to that of the later"""
    ours: float
    """Distance of the flight from the later release [km]"""
    theirs: float
    """Distance of the earlier release from the later one [km]"""


def pairs(known: tuple[Release, ...], burns: bool = False) -> list[Pair]:
    """Of each release that coasts to the start of a later one, or with its burns reaches it, both at that time."""
    found, sky = [], "steady"
    for one in known:
        until = float(one.seconds[-1]) if burns and one.is_planned else one.coasts_until
        later = [two for two in known if one.stretch[1] < _seconds(one, two) <= until - NEAR_S]
        for two in later:
            place = int(np.searchsorted(one.instants, two.instants[0]))
            instant, state = one.instants[place], two.states[:, 0]
            if instant > two.instants[0]:
                craft = Craft(two.mass, fitted(two, sky).state.craft.drag_area_m2)
                start = State(two.instants[0], state, craft)
                state = flown(two, start, np.array([instant]), sky)[:, 0]
            ours = flown(one, fitted(one, sky).state, np.array([instant]), sky, burns)[:, 0]
            gaps = [float(np.linalg.norm((each - state)[:3])) / KM for each in (ours, one.states[:, place])]
            found.append(Pair(_seconds(one, two) / 86_400.0, *gaps))
    return found


def _seconds(one: Release, two: Release) -> float:
    return float((two.instants[0] - one.instants[0]) / np.timedelta64(1, "s"))


def medians(found: list[dict[int, float]]) -> dict[int, tuple[float, int]]:
    """Median and number by mark."""
    kept = {mark: [one[mark] for one in found if mark in one] for mark in MARKS}
    return {mark: (float(np.median(values)), len(values)) for mark, values in kept.items() if values}
