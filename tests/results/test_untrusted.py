"""A run folder that somebody else wrote: refused in words, or harmless, in little memory; older ones say why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cupola.base.errors import RunError
from cupola.base.tables import RUN_TABLES
from cupola.results import Manifest, open_run, save, to_csv
from scenario.mistakes.measure import measured

MOST_KB = 300_000
Spoil = Callable[[Path], None]


def saved(root: Path) -> Path:
    """A small saved run."""
    day = dt.date(2030, 1, 1)
    tables: dict[str, dict[str, list[Any]]] = {
        spec.name: {column.name: [] for column in spec.columns} for spec in RUN_TABLES
    }
    tables["flows"] = {"future": [0], "year": [2030], "commodity": ["water"], "cause": ["made"], "amount": [1.5]}
    return save(root, tables, Manifest("small", "A small station", day, day, dt.date(2034, 1, 1), 7, 1)).path


def edit(**changes: Any) -> Spoil:
    """Fields of the manifest read differently."""

    def spoil(folder: Path) -> None:
        file = folder / "manifest.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    return spoil


def text(make: Callable[[str], str]) -> Spoil:
    """The text of the manifest is made anew from what it is."""

    def spoil(folder: Path) -> None:
        file = folder / "manifest.json"
        file.write_text(make(file.read_text()))

    return spoil


def odd(kind: str, name: str = "manifest.json") -> Spoil:
    """A file is a pipe, a link, a folder, or promises ten gigabytes."""

    def spoil(folder: Path) -> None:
        path = folder / name
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "link":
            path.symlink_to("/dev/zero")
        elif kind == "folder":
            path.mkdir()
        else:
            with path.open("wb") as file:
                file.truncate(10_000_000_000)

    return spoil


def parquet(select: str, name: str = "flows", rows: int | None = None) -> Spoil:
    """A table is what a query gives, and the manifest agrees with it."""

    def spoil(folder: Path) -> None:
        path = folder / "tables" / f"{name}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
            found = connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
        agree(folder, name, found if rows is None else rows)

    return spoil


def raw(change: Callable[[bytes], bytes], name: str = "flows") -> Spoil:
    """The bytes of a table are changed, and the manifest agrees with them."""

    def spoil(folder: Path) -> None:
        path = folder / "tables" / f"{name}.parquet"
        path.write_bytes(change(path.read_bytes()))
        agree(folder, name, 1)

    return spoil


def agree(folder: Path, name: str, rows: int) -> None:
    """Put the hash of a table into the manifest, as somebody would who means harm."""
    held = json.loads((folder / "manifest.json").read_text())["tables"]
    digest = hashlib.sha256((folder / "tables" / f"{name}.parquet").read_bytes()).hexdigest()
    edit(tables={**held, name: {"rows": rows, "sha256": digest}})(folder)


def flows(amount: str = "1.0", cause: str = "'made'", year: str = "2030", count: int = 1) -> str:
    """A query with the columns of the table of flows."""
    return (
        f"SELECT 0::INTEGER AS future, ({year})::INTEGER AS year, 'water' AS commodity, ({cause})::VARCHAR AS cause, "
        f"({amount})::DOUBLE AS amount FROM range({count})"
    )


def flip(data: bytes, every: int, first: int) -> bytes:
    """Some bytes turned over."""
    return bytes(byte ^ 0xFF if at % every == first else byte for at, byte in enumerate(data))


HARMLESS: dict[str, Spoil] = {
    "as many rows as may be": parquet(flows(count=390_000, amount="random()", cause="'made ' || range")),
    "one text in many rows": parquet(flows(cause="repeat('a', 100)", count=400_000)),
    "nothing below zero": parquet(flows(amount="'-0.0'")),
    "a title that turns round": edit(title="\u202eeltit"),
    "formulae": parquet(flows(cause="'=cmd|calc'")),
}
LET = "SELECT {day} AS begins, 1.0::DOUBLE AS altitude, 1.0::DOUBLE AS lacking, 1.0::DOUBLE AS propellant"
HARM: dict[str, Spoil] = {
    "no JSON": text(lambda old: old[:-20]),
    "brackets without end": text(lambda old: "[" * 1_500_000),
    "a million empty lists": text(lambda old: '{"format": 1, "files": [' + "[]," * 500_000 + "[]]}"),
    "mappings in mappings": text(lambda old: '{"a":' * 200_000),
    "nesting below the limit of JSON": edit(as_of=json.loads("[" * 400 + "]" * 400)),
    "an integer of a million digits": text(lambda old: old.replace('"seed": 7', f'"seed": {"7" * 1_000_000}')),
    "not a number": text(lambda old: old.replace('"seed": 7', '"seed": NaN')),
    "infinity": text(lambda old: old.replace('"seed": 7', '"seed": -Infinity')),
    "a number too large for a double": text(lambda old: old.replace('"seed": 7', '"seed": 1e999')),
    "a key that stands twice": text(lambda old: old.replace('"seed": 7', '"seed": 7, "seed": 8')),
    "UTF-16": lambda folder: (folder / "manifest.json").write_bytes("{}".encode("utf-16")) and None,
    "no UTF-8": lambda folder: (folder / "manifest.json").write_bytes(b'{"title": "\xff\xfe"}') and None,
    "a manifest of ten gigabytes": odd("large"),
    "a manifest that is a pipe": odd("pipe"),
    "a manifest that is a folder": odd("folder"),
    "a manifest linked to a device": odd("link"),
    "a table that is a pipe": odd("pipe", "tables/flows.parquet"),
    "a table linked to a device": odd("link", "tables/flows.parquet"),
    "a table of ten gigabytes": odd("large", "tables/flows.parquet"),
    "a baseline above the folder": edit(baseline=".."),
    "a baseline that is a path": edit(baseline="../../etc"),
    "a scenario of another type": edit(scenario=["x"]),
    "a title without end": edit(title="x" * 1_000_000),
    "an end before the start": edit(end="2001-01-01"),
    "a day of no calendar": edit(as_of="2023-02-29"),
    "futures by the thousand million": edit(futures=10**12),
    "names without their keys": edit(partners=[{"id": "a"}]),
    "a limit that is no number": edit(
        rules={"r": {"name": "r", "kind": "k", "subject": "", "limit": "nan", "unit": "1"}}
    ),
    "a table outside the folder": text(lambda old: old.replace('"flows"', '"../../flows"')),
    "rows below nothing": text(lambda old: old.replace('"rows": 1', '"rows": -1')),
    "a wrong hash": text(lambda old: old.replace('"sha256": "', '"sha256": "0')),
    "a table cut short": raw(lambda data: data[: len(data) // 2]),
    "a table of nothing": raw(lambda data: b""),
    "a table that is no Parquet": raw(lambda data: b"PAR1" + b"x" * 500_000 + b"PAR1"),
    "a table with an endless description": raw(lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1"),
    "a zip in place of a table": raw(lambda data: b"PK\x03\x04" + data),
    "a table of another schema": parquet("SELECT 1 AS future"),
    "a column of another type": parquet(flows().replace("::DOUBLE", "::VARCHAR")),
    "a column that is a list": parquet(flows().replace("(1.0)::DOUBLE", "[1.0]")),
    "a hundred million rows": parquet(flows(count=20_000_000)),
    "a text of two hundred megabytes": parquet(flows(cause="repeat('a', 250000000)")),
    "one long text in a million rows": parquet(flows(cause="repeat('a', 15000)", count=400_000)),
    "a text longer than any": parquet(flows(cause="repeat('a', 30000)")),
    "NaN in a table": parquet(flows(amount="'nan'")),
    "infinity in a table": parquet(flows(amount="'-inf'")),
    "more rows than the manifest says": parquet(flows(count=3), rows=1),
    "fewer rows than the manifest says": parquet(flows(count=1), rows=3),
    "the end of all days": parquet(LET.format(day="'infinity'::DATE"), "let_down"),
    "a day of the year 200000": parquet(LET.format(day="'200000-01-01'::DATE"), "let_down"),
    "a day before Christ": parquet(LET.format(day="'4000-01-01 (BC)'::DATE"), "let_down"),
}


@pytest.mark.slow
def test_harm_is_refused_in_words_and_takes_little(tmp_path: Path) -> None:
    assert len(HARM) >= 40
    wrong = [
        (name, found)
        for name, found in judged(HARM, tmp_path).items()
        if found["what"] != "refused"
        or found["rss_kb"] >= MOST_KB
        or not found["said"].isprintable()
        or len(found["said"]) > 1_000
        or not found["said"].endswith(".")
    ]
    assert not wrong


@pytest.mark.slow
def test_what_is_odd_but_right_is_read_and_takes_little(tmp_path: Path) -> None:
    found = judged(HARMLESS, tmp_path)
    assert {name: row["what"] for name, row in found.items()} == dict.fromkeys(HARMLESS, "read")
    assert max(row["rss_kb"] for row in found.values()) < MOST_KB


def judged(spoils: dict[str, Spoil], root: Path) -> dict[str, dict[str, Any]]:
    """Each folder, opened with all its tables in a child of its own."""
    folders = {}
    for number, (name, spoil) in enumerate(spoils.items()):
        folders[name] = saved(root / str(number))
        spoil(folders[name])
    return measured("run", folders, root)


@pytest.mark.slow
@pytest.mark.parametrize("every", [3, 17, 101])
def test_turned_bytes_of_a_table_never_end_the_program(tmp_path: Path, every: int) -> None:
    folders = {}
    for first in range(0, every, max(1, every // 10)):
        folders[str(first)] = saved(tmp_path / str(first))
        raw(lambda data, at=first: flip(data, every, at))(folders[str(first)])
    for name, found in measured("run", folders, tmp_path).items():
        assert found["what"] in ("refused", "read"), (name, found)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (edit(format=0), "another format: got 0; expected 1"),
        (edit(format=2), "another format: got 2; expected 1"),
        (text(lambda old: old.replace('"format": 1,', "")), "another format: got None"),
        (text(lambda old: old.replace('"solar"', '"sun"')), "solar is missing"),
        (text(lambda old: old.replace('"capacity": {"rows"', '"capacities": {"rows"')), "capacit"),
        (parquet("SELECT 0 AS future, 2030 AS year, 'x' AS what, 1.0 AS amount"), "column commodity is missing"),
    ],
)
def test_a_folder_of_another_version_says_why_it_is_not_opened(tmp_path: Path, spoil: Spoil, words: str) -> None:
    folder = saved(tmp_path)
    if words == "capacit":
        data = json.loads((folder / "manifest.json").read_text())
        data["tables"]["capacities"] = data["tables"].pop("capacity")
        (folder / "manifest.json").write_text(json.dumps(data))
    else:
        spoil(folder)
    with pytest.raises(RunError, match=words) as caught:
        open_run(folder).load()
    assert "Run the scenario again" in str(caught.value)


def test_a_folder_with_more_than_this_version_knows_is_opened(tmp_path: Path) -> None:
    """A later version of the same format may add a column to a table, or a key to the manifest."""
    folder = saved(tmp_path)
    edit(weather="fine")(folder)
    parquet(flows().replace("AS amount", "AS amount, 7 AS surprise"))(folder)
    assert open_run(folder).table("flows")["amount"] == [1.0]


def test_a_table_may_be_larger_when_the_user_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = saved(tmp_path)
    parquet(flows(count=500_000))(folder)
    with pytest.raises(RunError, match="CUPOLA_MAX_CELLS"):
        open_run(folder).table("flows")
    monkeypatch.setenv("CUPOLA_MAX_CELLS", "4000000")
    assert len(open_run(folder).table("flows")["year"]) == 500_000


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "%", "\uff1d", " =", "\u00a0=", "\u3000+"])
def test_text_that_a_spreadsheet_would_run_is_made_text(sign: str) -> None:
    line = to_csv({"name": [f"{sign}cmd"]}).splitlines()[1]
    assert line.startswith("'")


def test_markup_in_names_reaches_no_page(tmp_path: Path) -> None:
    """A run whose names are markup: the page holds them as text only."""
    folder = saved(tmp_path)
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    edit(
        title=evil,
        partners=[{"id": evil, "name": evil, "role": "partner", "acts_for": evil}],
        ports={evil: evil},
        vehicles={evil: {"name": evil, "family": evil, "partner": evil}},
        waived=[evil],
        solar=dict.fromkeys(("issue", "observed_until", "forecast_until", "source"), evil),
        density={"name": evil, "sha256": evil},
        settings=[evil],
        departure={"partner": evil, "after": evil, "mode": evil, "cut": evil, "to": evil},
        files={evil: evil},
    )(folder)
    parquet(flows(cause="'" + evil + "'"))(folder)
    from cupola.report.document import render

    page = render(open_run(folder), None)
    assert "alert(1)" in page, "the names are not shown at all, so this proves nothing"
    assert "<script>alert" not in page and "<img src=x" not in page and "</script><script" not in page
