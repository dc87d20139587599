"""Write the two tables of the air at one inclination, density and harmonics, as they are shipped.

    python tools/make_density_table.py [INCLINATION_DEG [OUT]] [--model 00|2.1]

OUT is a folder; without it the table goes where the shipped ones lie. The model is NRLMSISE-00 unless 2.1 is asked
for. The code of NRLMSIS 2.1 may be used for academic, non-commercial purposes only: do not ship a table made with it.
What they hold stands in ``cupola.physics.density_build`` and ``cupola.flight.averaged_harmonics``.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from cupola.flight import averaged_harmonics
from cupola.physics.atmosphere import MODELS
from cupola.physics.density_build import write

HOME = Path(__file__).resolve().parent.parent / "src" / "cupola" / "data" / "environment"


def main(arguments: list[str] | None = None) -> None:
    """Write the table that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a table of effective density at one inclination.")
    parser.add_argument("inclination", nargs="?", type=float, default=51.64, help="degrees (51.64)")
    parser.add_argument("out", nargs="?", type=Path, default=HOME, help="folder (where the shipped table lies)")
    parser.add_argument("--model", choices=sorted(MODELS), default="00", help="which MSIS (00)")
    asked = parser.parse_args(arguments)
    if asked.model != "00" and asked.out.resolve() == HOME:
        parser.error(f"--model {asked.model}: its code is not for commercial use; give OUT, so that it is not shipped")
    began = time.monotonic()
    path = write(asked.inclination, asked.out, asked.model)
    waves = averaged_harmonics.write(asked.inclination, asked.out, asked.model)
    for made in (path, waves):
        print(f"{made}: {asked.model}, {made.stat().st_size} bytes")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
