"""Print how far the full engine's flights are from releases of the station's predicted trajectory.

    python tools/check_releases.py [FILE] [degrees | areas]

FILE is what ``tools/make_release_states.py`` wrote, the releases of the tests unless given. With the word ``degrees``
it prints how well a flight follows the first 24 hours of the releases for choosing, by degree of the field and by the
flux and ap it is given; with ``areas`` the drag area that three days of each release tell from each day on; else the
distances of each release, and the medians. How that is done says
``tests/validation/releases.py``.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from cupola.base.errors import CupolaError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "validation"))
DEGREES = (24, 30, 34, 35, 36, 37, 40, 50, 70)


def show(gaps: dict[int, float]) -> str:
    """Distances by day, in words."""
    return ", ".join(f"{mark} d {gap:.2f} km" for mark, gap in gaps.items()) or "no mark reached"


def degrees(known: Any, check: Any) -> None:
    """The root mean square of the fit, by degree with steady indices, and with each sky at the degree taken."""
    mine = [one for one in known if one.number % 2 == 0]
    for degree in DEGREES:
        rms = [check.fitted(one, "steady", degree).rms_m for one in mine]
        print(f"degree {degree}: rms over the first 24 h {np.median(rms):.2f} m in the median, {max(rms):.2f} at most")
    for sky in check.SKIES:
        rms = [check.fitted(one, sky).rms_m for one in mine]
        print(f"{sky} indices: {np.median(rms):.2f} m in the median, {max(rms):.2f} at most")


def areas(known: Any, check: Any) -> None:
    """The drag area along each release."""
    for one in known:
        told = ", ".join(f"day {day} {area:.0f}" for day, area in check.areas(one).items())
        print(f"{one.name}: C_D A {check.fitted(one).state.craft.drag_area_m2:.0f} m2 from 24 h; {told}", flush=True)


def one_by_one(known: Any, check: Any) -> None:
    """Each release, then the medians of each half."""
    kept = []
    for one in known:
        try:
            fit = check.fitted(one)
            kept.append(one)
        except CupolaError as error:
            print(f"{one.name}: left out: {error}")
            continue
        half = "choosing" if one.number % 2 == 0 else "test"
        print(f"{one.name} ({half}): C_D A {fit.state.craft.drag_area_m2:.0f} m2, rms {fit.rms_m:.2f} m")
        for sky in check.SKIES:
            print(f"    {sky}: {show(check.errors(one, sky))}")
        print(f"    steady, through its burns: {show(check.errors(one, 'steady', True))}")
        print(f"    unfitted: {show(check.unfitted(one))}")
    for number, half in ((0, "choosing"), (1, "test")):
        mine = [one for one in kept if one.number % 2 == number]
        for sky in check.SKIES:
            print(half, sky, check.medians([check.errors(one, sky) for one in mine]))
        print(half, "steady, through burns", check.medians([check.errors(one, "steady", True) for one in mine]))
        print(half, "unfitted", check.medians([check.unfitted(one) for one in mine]))
    for burns in (False, True):
        print("from later releases, through planned burns" if burns else "from later releases, coasting")
        for pair in sorted(check.pairs(tuple(kept), burns), key=lambda one: one.days):
            print(f"    after {pair.days:.2f} d {pair.ours:.2f} km, the earlier release {pair.theirs:.2f} km")


def main(arguments: list[str]) -> int:
    """Print the table."""
    check = importlib.import_module("releases")
    ways = {"degrees": degrees, "areas": areas}
    files = [word for word in arguments if word not in ways]
    known = check.load(Path(files[0])) if files else check.releases()
    way = next((ways[word] for word in arguments if word in ways), one_by_one)
    way(known, check)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
