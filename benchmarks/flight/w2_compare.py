"""Workload W2 side by side: the full engine and its peers, interleaved, medians, and the distance from the reference.

    python benchmarks/flight/w2_compare.py ROUNDS PEER=INTERPRETER[,DATA]... [--out docs/benchmarks.md]

Each peer of w2_peer.py runs in a process of its own, with its own interpreter; the reference is ``orekit-1e-8``, which
therefore must be among them. A round runs every peer once. Writes a Markdown table to standard output, and into a page
between its marks.

    python benchmarks/flight/w2_compare.py 3 cupola=.venv/bin/python orekit-1e-8=/path/to/python,/path/to/orekit-data
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
REFERENCE = "orekit-1e-8"
BEGIN, END = "<!-- w2 begins -->\n", "<!-- w2 ends -->\n"
# Fleet-wide threads would measure the machine's idleness.
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(peer: str, where: str, out: Path) -> dict[str, float]:
    interpreter, _, data = where.partition(",")
    command = [interpreter, str(HERE / "w2_peer.py"), peer, str(out), *([data] if data else [])]
    source = {"PYTHONPATH": str(HERE.parents[1] / "src")}
    done = subprocess.run(
        command, env={**os.environ, **ONE_CORE, **source}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{peer}: {done.stderr[-2_000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def main(arguments: list[str]) -> None:
    page = Path(arguments[arguments.index("--out") + 1]) if "--out" in arguments else None
    arguments = arguments[: arguments.index("--out")] if page else arguments
    rounds, peers = int(arguments[0]), dict(given.split("=", 1) for given in arguments[1:])
    if REFERENCE not in peers:
        sys.exit(f"{REFERENCE} must be among the peers")
    told: dict[str, list[dict[str, float]]] = {peer: [] for peer in peers}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for peer, where in peers.items():
                told[peer].append(run(peer, where, Path(folder) / f"{peer}.npy"))
        states = {peer: np.load(Path(folder) / f"{peer}.npy") for peer in peers}
    lines = ["| program | set-up s | warm s | processor s | off after 1 / 7 / 15 days, m |", "|---|---|---|---|---|"]
    for peer, rows in told.items():
        middle = {name: statistics.median(row[name] for row in rows) for name in ("setup", "wall", "cpu")}
        off = np.linalg.norm(states[peer][:, :3] - states[REFERENCE][:, :3], axis=1)
        parts = " / ".join(f"{off[360 * day]:.1f}" for day in (1, 7, 15))
        lines.append(f"| {peer} | {middle['setup']:.2f} | {middle['wall']:.2f} | {middle['cpu']:.2f} | {parts} |")
    print("\n".join(lines))
    if page:
        told_by = f"{rounds} rounds, interleaved; medians. Distance from {REFERENCE}.\n\n"
        head, rest = page.read_text("utf-8").split(BEGIN, 1)
        page.write_text(head + BEGIN + told_by + "\n".join(lines) + "\n" + END + rest.split(END, 1)[1], "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
