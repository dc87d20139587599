"""Write docs/reference (input fields, result tables, commands) and the README's example from the program itself.

    python tools/make_docs.py [--check]

With ``--check`` nothing is written; the exit code is 1 when a page is out of step.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
README = ROOT / "README.md"
START, END = "<!-- example -->", "<!-- end of the example -->"
EXAMPLE = ("run", "iss-russia-leaves", "--as-of", "2022-07-26")
# A known width and no colour, and nothing else of the caller's environment.
PLAIN = {"NO_COLOR": "1", "COLUMNS": "100", "TERMINAL_WIDTH": "100", "PYTHONUTF8": "1"}
NOTE = "<!-- Written by tools/make_docs.py; change the program, not this page. -->\n\n"


def pages() -> dict[Path, str]:
    """File -> the text that it should have."""
    return {
        REFERENCE / "inputs.md": inputs(),
        REFERENCE / "results.md": results(),
        REFERENCE / "commands.md": commands(),
        README: readme(),
    }


def readme() -> str:
    """The README with what its example prints now."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n```text\n$ cupola {' '.join(EXAMPLE)}\n{example()}```\n{END}{after}"


def example() -> str:
    """What the README's example prints; the digits of a run's name, which differ from machine to machine, are cut."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "cupola", *EXAMPLE],
            capture_output=True,
            text=True,
            check=True,
            env=PLAIN,
            cwd=folder,
        )
    page = re.sub(r"(-\d{4}-\d\d-\d\d)-[0-9a-f]{12}", r"\1-...", done.stdout)
    return "\n".join(line.rstrip() for line in page.strip().split("\n")) + "\n"


def cell(text: object) -> str:
    """Text fit for a cell of a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([cell(item) for item in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def inputs() -> str:
    """Every field of a scenario's files."""
    from cupola.scenario import field_specs

    by_table: dict[str, list[list[object]]] = {}
    for (owner, _), spec in field_specs().items():
        bounds = "" if spec.low is None and spec.high is None else f"{_number(spec.low)} to {_number(spec.high)}"
        rule = "; ".join(spec.choices) or (f"id in {' or '.join(spec.refers)}" if spec.refers else bounds)
        default = "required" if spec.required else f"`{spec.default}`" if spec.default else ""
        by_table.setdefault(owner, []).append([f"`{spec.field}`", spec.type, spec.unit, default, rule, spec.meaning])
    text = "# Input fields\n\n" + NOTE
    text += (
        "The files and how values are written are described in [scenario files](../design/001-scenario-files.md).\n"
        "`cupola explain TABLE.FIELD` prints one of these rows. A default `=name` is the value of another field.\n"
    )
    for owner, rows in by_table.items():
        text += f"\n## {owner}\n\n" + table(("field", "type", "unit", "default", "allowed", "meaning"), rows)
    return text


def _number(value: float | None) -> str:
    return "any" if value is None else f"{value:g}"


def results() -> str:
    """Every table of a run folder."""
    from cupola.base.tables import ANSWER_TABLES, RUN_TABLES

    text = "# Result tables\n\n" + NOTE
    text += "A run is a folder of Parquet tables; see [run folders](../design/002-run-folder.md).\n"
    for title, specs in (("What a simulation leaves", RUN_TABLES), ("What the analyses add", ANSWER_TABLES)):
        text += f"\n## {title}\n"
        for spec in specs:
            rows = [[f"`{item.name}`", item.type, item.unit, item.meaning] for item in spec.columns]
            text += f"\n### {spec.name}\n\n{spec.meaning}\n\n" + table(("column", "type", "unit", "meaning"), rows)
    return text


def commands() -> str:
    """The help page of the program and of each verb."""
    from cupola.cli.app import VERBS

    text = "# Commands\n\n" + NOTE
    text += (
        "Results go to stdout, the log to stderr. Every verb has `--json`. NO_COLOR is honoured.\n\n"
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid input, 4 infeasible, 5 limit reached (what was done is "
        "kept), 130 interrupted.\n\n```text\n" + help_of() + "```\n"
    )
    for verb in VERBS:
        text += f"\n## {verb.__name__}\n\n```text\n{help_of(verb.__name__)}```\n"
    return text


def help_of(*verb: str) -> str:
    """What ``cupola [VERB] --help`` prints, 100 columns wide."""
    done = subprocess.run(
        [sys.executable, "-m", "cupola", *verb, "--help"], capture_output=True, text=True, check=True, env=PLAIN
    )
    page = done.stdout.replace("python -m cupola", "cupola")
    return "\n".join(line.rstrip() for line in page.strip().split("\n")) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` say which are out of step."""
    stale = []
    for place, text in pages().items():
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            stale.append(place.name)
            if "--check" not in arguments:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
    print(f"out of step: {', '.join(stale) or 'nothing'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
