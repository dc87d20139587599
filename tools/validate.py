"""Run every comparison with the world and write the scoreboard.

    python tools/validate.py [OUT]

OUT defaults to ``docs/validation.md``. The comparisons are the functions that carry ``@measure`` in
``tests/validation/measures_*.py``; a new file of that name adds its rows here.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "validation"
HEAD = "| what | source | computed | published or recorded | residual | goal | naive baseline | verdict |"


def table() -> str:
    """The scoreboard as a Markdown table."""
    sys.path.insert(0, str(TESTS))
    scoreboard = importlib.import_module("scoreboard")
    for path in sorted(TESTS.glob("measures_*.py")):
        importlib.import_module(path.stem)
    lines = [HEAD, "|" + "---|" * 8]
    for function in scoreboard.MEASURES.values():
        for row in function():
            naive = f"{row.show(row.naive)} ({row.baseline})" if row.naive is not None else "none"
            cells = (row.what, row.source, row.measured, row.expected, row.show(row.residual), row.show(row.goal))
            lines.append("| " + " | ".join([*cells, naive, row.verdict]) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Print the table, and put it between the marks of the document."""
    out = Path(arguments[0]) if arguments else ROOT / "docs" / "validation.md"
    begin, end = "<!-- scoreboard begins -->\n", "<!-- scoreboard ends -->\n"
    rows = table()
    print(rows)
    text = out.read_text("utf-8") if out.exists() else f"# Validation\n\n{begin}{end}"
    head, rest = text.split(begin, 1)
    tail = rest.split(end, 1)[1]
    out.write_text(f"{head}{begin}{rows}{end}{tail}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
