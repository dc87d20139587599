"""Scenarios that mean harm: each function spoils a copy of the small station and says what is to be loaded.

``REFUSED`` must be told as problems; ``INERT`` may be read, for what they hold then harms nothing.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

Spoil = Callable[[Path], Path]
SITES = "id,name,kind,operator,source,status\n"
SPELLINGS = ".nan NaN nan NAN -nan nan(0x1) .inf +.INF inf Infinity -Infinity 1e999 1.#INF ∞ 0x1p+10 1e 1e+".split()


def yaml(text: str | bytes) -> Spoil:
    """The whole scenario.yaml is this."""

    def spoil(folder: Path) -> Path:
        data = text.encode() if isinstance(text, str) else text
        (folder / "small" / "scenario.yaml").write_bytes(data)
        return folder / "small"

    return spoil


def swap(old: str, new: str, file: str = "scenario.yaml") -> Spoil:
    """One place of a file reads differently."""

    def spoil(folder: Path) -> Path:
        path = folder / "small" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder / "small"

    return spoil


def altitude(text: str) -> Spoil:
    """The altitude of the orbit is this text."""
    return swap("{value: 400 km,", f'{{value: "{text}",')


def epoch(text: str) -> Spoil:
    """The epoch of the orbit is this text."""
    return swap("epoch: 2022-07-26", f'epoch: "{text}"')


def table(name: str, data: str | bytes) -> Spoil:
    """A whole table is this."""

    def spoil(folder: Path) -> Path:
        raw = data.encode() if isinstance(data, str) else data
        (folder / "small" / f"{name}.csv").write_bytes(raw)
        return folder / "small"

    return spoil


def more(name: str, rows: str) -> Spoil:
    """Rows are added to a table."""

    def spoil(folder: Path) -> Path:
        with (folder / "small" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(rows)
        return folder / "small"

    return spoil


def linked(name: str, target: str) -> Spoil:
    """A file is a link to another."""

    def spoil(folder: Path) -> Path:
        path = folder / "small" / name
        path.unlink()
        path.symlink_to(target)
        return folder / "small"

    return spoil


def odd(name: str, kind: str) -> Spoil:
    """A file is a pipe, a socket, a folder, or one that promises ten gigabytes."""

    def spoil(folder: Path) -> Path:
        path = folder / "small" / name
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "socket":
            here = os.open(".", os.O_RDONLY)
            os.chdir(path.parent)
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
            os.fchdir(here)
            os.close(here)
        else:
            with path.open("wb") as file:
                file.truncate(10_000_000_000)
        return folder / "small"

    return spoil


def chain(length: int, circle: bool) -> Spoil:
    """Overlays that extend each other."""

    def spoil(folder: Path) -> Path:
        for number in range(length):
            below = f"s{number + 1}" if number + 1 < length else "s0" if circle else "small"
            (folder / f"s{number}.yaml").write_text(f"id: s{number}\ntitle: T\nextends: {below}\n", encoding="utf-8")
        return folder / "s0.yaml"

    return spoil


def overlays(size: int) -> Spoil:
    """A chain of overlays, each as large as one may be."""

    def spoil(folder: Path) -> Path:
        for number in range(10):
            head = f"id: s{number}\ntitle: T\nextends: s{number + 1}\n"
            (folder / f"s{number}.yaml").write_text(head + "#" * size, encoding="utf-8")
        return folder / "s0.yaml"

    return spoil


def many_tables(count: int, rows: int) -> Spoil:
    """A folder full of tables."""

    def spoil(folder: Path) -> Path:
        for number in range(count):
            (folder / "small" / f"sites{number}.csv").write_text(SITES + "a,b,control,a,x,K\n" * rows)
        return folder / "small"

    return spoil


def named(name: str) -> Spoil:
    """A table's file name would steer a terminal."""

    def spoil(folder: Path) -> Path:
        (folder / "small" / name).write_text("id\n", encoding="utf-8")
        return folder / "small"

    return spoil


def place(path: str) -> Spoil:
    """Something else than a scenario is named."""
    return lambda folder: Path(path)


def nested(depth: int) -> str:
    """Mappings in mappings."""
    return "".join("  " * level + f"k{level}:\n" for level in range(depth))


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LONG_IDS = "".join(f"{'abcdefgh' * 7}{number:05d},N,control,{'hgfedcba' * 7}{number},x,K\n" for number in range(1500))
ELEMENTS = "".join(
    f"e{number},N,pressurised,front,a,a,a,e{number - 1 if number else 'x'},2016-01-01,,,1000,,,x,K\n"
    for number in range(4000)
)

REFUSED: dict[str, Spoil] = {
    "aliases that multiply": yaml(LAUGHS),
    "ten thousand anchors": yaml("".join(f"k{number}: &a{number} 1\n" for number in range(10_000))),
    "a merge key": yaml("a: {b: 1}\n<<: *a\n"),
    "an alias of itself": yaml("a: &a [*a]\n"),
    "brackets without end": yaml("[" * 200_000),
    "braces without end": yaml("{" * 200_000),
    "lists in lists": yaml("- " * 100_000),
    "mappings in mappings": yaml(nested(300)),
    "keys that are mappings": yaml("? " * 50_000),
    "a hundred thousand keys": yaml("".join(f"k{number}: 1\n" for number in range(20_000))),
    "a list without end": yaml("a: [" + "1," * 100_000),
    "thousands of equal keys": yaml("a: 1\n" * 40_000),
    "thirty megabytes of YAML": yaml("#" * 30_000_000),
    "a word of 200 kB": yaml("a" * 200_000),
    "a quoted text of 200 kB": yaml('title: "' + "a b " * 50_000 + '"\n'),
    "a text never closed": yaml('id: "' + "a\n" * 100_000),
    "a key of 200 kB": yaml("a" * 200_000 + ": 1\n"),
    "200 kB of comments": yaml("#\n" * 100_000),
    "200 kB of blanks": yaml("id: x\n" + " " * 200_000),
    "200 kB of tabs": yaml("id:\t" + "\t" * 200_000),
    "documents by the thousand": yaml("---\n" * 50_000),
    "directives by the thousand": yaml("".join(f"%TAG !{number}! tag:x\n" for number in range(9_000))),
    "a tag that makes an object": yaml("id: !!python/object/apply:os.system ['touch hurt']\n"),
    "folded text without end": yaml("title: >\n" + "  a\n" * 60_000),
    "a null byte": yaml("id: small\0\ntitle: T\n"),
    "a terminal escape as YAML writes it": yaml('id: small\ntitle: "\\e]0;hurt\\a"\n'),
    "UTF-16": yaml("id: small\n".encode("utf-16")),
    "UTF-16 without a mark": yaml("id: small\n".encode("utf-16-be")),
    "UTF-32": yaml("id: small\n".encode("utf-32")),
    "bytes of no encoding": yaml(b"id: small\ntitle: \xff\xfe\xc0\x80\n"),
    "surrogates in UTF-8": yaml(b"id: small\ntitle: \xed\xa0\x80\n"),
    "a second byte order mark": yaml("\ufeff\ufeffid: small\n"),
    "text turned round": swap("A small station", "A \u202enoitats llams"),
    "a C1 control": swap("A small station", "A \x9b2J station"),
    "a line separator": swap("A small station", "A small\u2028station"),
    "tags that are not seen": swap("A small station", "A \U000e0041 station"),
    "four hundred digits": altitude("4" * 400 + " km"),
    "a hundred thousand digits": altitude("4" * 100_000),
    "a duration of five thousand digits": altitude(f"P{'9' * 5_000}D"),
    "an exponent of a thousand digits": altitude(f"1e{'9' * 1_000} km"),
    **{f"{text} for a number": altitude(text) for text in SPELLINGS},
    "an integer of ten thousand digits": swap("seed: 7", f"seed: {'7' * 10_000}"),
    "the year 9999": epoch("9999-12-31"),
    "the year 12022": epoch("12022-07-26"),
    "no day of any year": epoch("0000-00-00"),
    "the 29th of a February without one": epoch("2023-02-29"),
    "the 31st of June": epoch("2022-06-31"),
    "a date of ten thousand digits": epoch("2" * 10_000),
    "a scenario that extends a path": swap("waived: []", "extends: ../../small"),
    "a scenario that extends an absolute path": swap("waived: []", "extends: /etc/passwd"),
    "a baseline that is a path": swap("waived: []", "baseline: ../../../etc"),
    "two scenarios in a circle": chain(2, True),
    "forty scenarios in a circle": chain(40, True),
    "forty scenarios in a chain": chain(40, False),
    "a chain of large overlays": overlays(200_000),
    "a table linked to the passwords": linked("sites.csv", "/etc/passwd"),
    "a table linked to a device": linked("sites.csv", "/dev/zero"),
    "a scenario linked to a device": linked("scenario.yaml", "/dev/zero"),
    "a table linked to itself": linked("sites.csv", "sites.csv"),
    "a table that is a pipe": odd("sites.csv", "pipe"),
    "a scenario that is a pipe": odd("scenario.yaml", "pipe"),
    "a table that is a socket": odd("sites.csv", "socket"),
    "a table that is a folder": odd("sites.csv", "folder"),
    "a table of ten gigabytes": odd("sites.csv", "large"),
    "a device in place of a scenario": place("/dev/zero"),
    "a device as a YAML file": place("/dev/zero.yaml"),
    "a path with a null byte": place("sm\0all.yaml"),
    "a path without end": place("a/" * 5_000 + "x.yaml"),
    "two hundred tables": many_tables(200, 10),
    "sixty tables of a megabyte": many_tables(60, 55_000),
    "a file name that steers a terminal": named("\x1b[2Jsites\n.csv"),
    "a quote never closed": table("sites", SITES + 'a,"' + "b,c\n" * 1_000_000),
    "quotes only": table("sites", SITES + '"' * 4_000_000),
    "a million short rows": table("sites", SITES + "a,b\n" * 1_000_000),
    "a hundred thousand rows of one id": table("sites", SITES + "a,b,control,a,x,K\n" * 100_000),
    "fifty thousand rows": table("sites", SITES + "".join(f"s{n},b,control,a,x,K\n" for n in range(50_000))),
    "commas only": table("sites", SITES + "," * 4_900_000),
    "one line of five megabytes": table("sites", SITES + "x" * 4_900_000),
    "line ends only": table("sites", SITES + "\n" * 4_900_000),
    "carriage returns only": table("sites", SITES + "\r" * 4_900_000),
    "comments only": table("sites", "#\n" * 2_400_000),
    "a header of a hundred thousand columns": table("sites", "id," + "name," * 100_000 + "x\n"),
    "a cell of a megabyte": more("sites", f"z,{'x' * 1_000_000},control,a,x,K\n"),
    "a null byte in a table": more("sites", "z\0,N,control,a,x,K\n"),
    "a list of fifty thousand ids": more("ports", f"z,N,hub,ring,docking,none,{'a;' * 50_000},,10,,,2016-01-01,,x,K\n"),
    "ids that are paths": more("sites", "../../etc/passwd,N,control,a,x,K\n"),
    "ids that are much alike": table("sites", SITES + LONG_IDS),
    "four thousand elements in a chain": more("elements", ELEMENTS),
    "a thousand references to nothing": more(
        "altitudes", "".join(f"{1960 + n % 60}-01-{n % 28 + 1:02d},x{n},y\n" for n in range(3_000))
    ),
    "formulae in cells": more("sites", "z,=HYPERLINK(0),control,a,+1+cmd|' /C calc'!A0,K\n"),
    "digits of another script": altitude("٤٠٠ km"),
}
INERT: dict[str, Spoil] = {
    "markup in names": more("sites", 'z,<script>alert(1)</script>,control,a,"x"" onload=""alert(1)",K\n'),
    "the 29th of a February": epoch("2024-02-29"),
    "nothing below zero": swap("low: 700, high: 900", "low: 700, high: 900, note: '-0.0'"),
    "a text of letters that join": swap("A small station", "A small station \u0301\u0301\u0301 👩\u200d🚀"),
    "chinese, hebrew and arabic": swap("A small station", "空间站 תחנה محطة"),
}
