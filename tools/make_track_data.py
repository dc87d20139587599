"""Cut down the data on which the finding of burns is measured: states of releases, their burns, and element rows.

    python tools/make_track_data.py SHARED [OUT]

SHARED is a folder with ``data/oem`` (the releases and ``events.csv``) and ``data/elements/iss_25544.csv``. Writes to
OUT (default ``tests/validation/data``):

* ``track_states.npz``: of each release its states, at most one in STRIDE_S, and one in DENSE_S where the release has
  them closer; as 32-bit numbers, which move the mean axis by a metre; ``creation`` and ``begin`` of each release,
* ``track_burns.csv``: the rows of the releases' event tables that have a velocity change,
* ``track_rows.csv.gz``: epoch, mean motion, eccentricity and inclination of the record of element sets.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import numpy as np

from cupola.base.instants import format_instant
from cupola.formats.oem import OemSegment, read_oem
from cupola.formats.oem_notes import notes_of

STRIDE_S, DENSE_S = 715.0, 60.0


def thinned(segment: OemSegment) -> np.ndarray:
    """Places of the states that are kept."""
    seconds, kept = segment.seconds, [0]
    for place in range(1, seconds.size - 1):
        least = DENSE_S if seconds[place + 1] - seconds[place - 1] < 400.0 else STRIDE_S
        if seconds[place] - seconds[kept[-1]] >= least:
            kept.append(place)
    return np.array([*kept, seconds.size - 1])


def releases(folder: Path, out: Path) -> None:
    """Write the states and the burns of all releases."""
    arrays: dict[str, np.ndarray] = {}
    burns = []
    creation = []
    for number, path in enumerate(sorted(folder.glob("*.gz"))):
        oem = read_oem(path)
        segment = oem.segments[0]
        kept = thinned(segment)
        creation.append(oem.creation)
        arrays[f"ns_{number}"] = segment.instants[kept]
        arrays[f"state_{number}"] = np.hstack([segment.position, segment.velocity])[kept].astype(np.float32)
        for event in notes_of(segment).events:
            if event.delta_v > 0.0:
                burns.append([number, path.name, event.name, format_instant(event.instant) + "Z", event.delta_v])
    arrays["creation"] = np.array(creation)
    np.savez_compressed(out / "track_states.npz", **arrays)
    with (out / "track_burns.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["release", "file", "event", "time", "delta_v_m_s"])
        writer.writerows(burns)


def rows(path: Path, out: Path) -> None:
    """Write the columns of the record that a history of altitude needs."""
    with path.open(newline="") as file:
        lines = [
            f"{row['epoch_utc']},{row['mean_motion_revday']},{row['ecc']},{row['inc_deg']}"
            for row in csv.DictReader(file)
        ]
    text = "\n".join(["epoch_utc,mean_motion_revday,ecc,inc_deg", *lines, ""]).encode("ascii")
    # No file name and no time in the archive, so that it is the same whenever it is made.
    (out / "track_rows.csv.gz").write_bytes(gzip.compress(text, mtime=0))


def main(arguments: list[str]) -> int:
    """Write the three files."""
    if not arguments:
        print(__doc__)
        return 2
    shared = Path(arguments[0]) / "data"
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parents[1] / "tests/validation/data"
    releases(shared / "oem", out)
    rows(shared / "elements" / "iss_25544.csv", out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
