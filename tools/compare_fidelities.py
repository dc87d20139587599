"""Print how far ``cupola fly`` in full and averaged are from a release's own states, and from each other.

    python tools/compare_fidelities.py [RELEASE]

Runs, for both words, ``cupola fly RELEASE --at start --days 7 --fidelity full|averaged --out FILE.oem``, with the mass
and the drag area that the release's comments tell, and no burn. Distances are in GCRF: those from the release at 0, 6,
12 and 24 hours, as long as its states lie at the instants of the files (4 minutes apart), those from each other at 1, 3
and 7 days. The release is that of 2021-12-24 of the tests unless given.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from cupola.flight.full_library import to_gcrf
from cupola.flight.utc import to_calendar
from cupola.formats.oem import read_oem

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "tests" / "formats" / "data" / "releases" / "ISS.OEM_J2K_EPH_20211224T224952Z.xml.gz"
HOURS, DAYS = (0, 6, 12, 24), (1, 3, 7)
HOUR_NS = 3_600 * 10**9

States = dict[int, tuple[str, np.ndarray]]
"""Frame and state by instant"""


def states(path: Path) -> States:
    """Frame and state by instant of a file."""
    found = {}
    for part in read_oem(path.read_bytes()).segments:
        for instant, motion in zip(part.instants.tolist(), np.hstack([part.position, part.velocity]), strict=True):
            found[instant] = (part.ref_frame, motion)
    return found


def apart(one: States, two: States, instant: int) -> float:
    """Distance [km] in GCRF."""
    places = [to_gcrf(frame, motion, to_calendar(instant))[:3] for frame, motion in (one[instant], two[instant])]
    return float(np.linalg.norm(places[0] - places[1])) / 1e3


def flown(release: Path, fidelity: str, folder: Path) -> States:
    """What the command writes; its summary is printed."""
    out = folder / f"{fidelity}.oem"
    options = ["--at", "start", "--days", "7", "--fidelity", fidelity, "--out", str(out)]
    command = [sys.executable, "-m", "cupola", "fly", str(release), *options]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        sys.exit(said.stderr)
    print("\n".join(line for line in said.stdout.splitlines() if line.startswith(("ISS", "altitude"))))
    return states(out)


def main() -> None:
    """Fly and print."""
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE
    told = states(release)
    with tempfile.TemporaryDirectory() as name:
        full, averaged = (flown(release, fidelity, Path(name)) for fidelity in ("full", "averaged"))
    begin = min(told)
    for hours in HOURS:
        instant = begin + hours * HOUR_NS
        if all(instant in known for known in (told, full, averaged)):
            gaps = [apart(told, known, instant) for known in (full, averaged)]
            print(f"{hours} h: full {gaps[0]:.2f} km, averaged {gaps[1]:.2f} km from the release")
    for days in DAYS:
        print(f"{days} d: {apart(full, averaged, begin + 24 * days * HOUR_NS):.2f} km from each other")


if __name__ == "__main__":
    main()
