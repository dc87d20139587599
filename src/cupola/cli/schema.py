"""``cupola schema``: the JSON Schema of scenario.yaml, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson
from cupola.cli.output import print_json, print_text

FILE = "scenario.schema.json"

Where = Annotated[
    str | None, typer.Option("--out", metavar="DIR", help=f"Folder in which {FILE} is written; stdout when missing.")
]


def schema(out: Where = None, as_json: AsJson = False) -> None:
    """Write the JSON Schema of scenario.yaml.

    An editor that knows it completes keys, shows meanings and units, and underlines mistakes.
    A schema that was written before is replaced.
    """
    from cupola.scenario.schema import DIALECT, scenario_schema

    found = scenario_schema()
    if out is None:
        print_json(found)
        return
    place = Path(out) / FILE
    if place.exists() and DIALECT.encode() not in place.read_bytes()[:200]:
        problem = Problem(str(place), "--out", "is there already and is no schema", remedy="Choose another folder.")
        raise ScenarioError("", [problem])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if as_json:
        print_json({"schema": place, "dialect": DIALECT})
        return
    print_text(f"Schema written to {place}.")
    print_text(f"First line for a scenario.yaml beside it:  # yaml-language-server: $schema={FILE}")
