"""Code knows no programme: names of programmes, partners, elements and vehicles stand in data files only."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from source import DATA, modules

# Names that must not slip in even if no shipped file held them.
LISTED = (
    "iss nasa roscosmos roskosmos esa jaxa csa russia russian american usos zvezda zarya nauka rassvet poisk pirs "
    "prichal unity destiny harmony tranquility columbus kibo canadarm soyuz dragon cygnus starliner htv "
    "atv spacex boeing northrop houston korolev borisov tiangong mir"
).split()
CITATION = re.compile(r"\bSources?:.*?(?=\n\s*\n|\Z)", re.DOTALL)
TABLES = ("partners", "elements", "vehicles")
# Ids and words in names that are also plain English words, needed to speak of any station.
GENERAL = frozenset(
    """a air airlock and array arm assembly bay beam berthing block boom cabin canadian cargo carrier centre commercial
    compartment control core cupola d docking element european experiment external facility for forward functional
    gateway international japanese lab laboratory launch logistics main mast mating mini mission mobile module multi
    multipurpose nadir node of office operations orbital outfitting p3 panel partner permanent platform port power
    pressurised pressurized private progress quest radiator research robotic robotics s segment service shuttle solar
    space spacecraft station storage stowage structure support system the to transfer transporter truss tug unity unit
    vehicle work zenith aft starboard science new other flight crew transport integrated
    base center agency defence industries heavy missions guests collaboration roll boost ship
    one two impulse earth atmosphere upper cast adapter payload""".split()
)


def words(text: str) -> set[str]:
    """Words of a text or an identifier, in small letters; camelCase and under_scores are taken apart."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word.lower() for word in re.findall(r"[^\W_]+", spaced)}


@cache
def names() -> frozenset[str]:
    """Listed names, programme ids, and every id and telling word of a name in the shipped tables."""
    found = set(LISTED)
    for folder in sorted(path for path in DATA.iterdir() if (path / "scenario.yaml").is_file()):
        # The name of an overlay says in plain words what happens; that of a programme is its own.
        if "-" not in folder.name:
            found.add(folder.name)
        for table in TABLES:
            found |= _names_in(folder / f"{table}.csv")
    # Short words and numbers in a name (a truss segment "S1") say nothing by themselves.
    return frozenset(word for word in found if len(word) > 2 and not word.isdigit()) - GENERAL


def _names_in(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        found: set[str] = set()
        for row in csv.DictReader(lines):
            found |= words(row.get("id") or "")
            if "field" not in row:
                found |= {word.lower() for word in re.findall(r"\b[A-Z][^\W_]+", row.get("name") or "")}
        return found


def texts(tree: ast.Module) -> Iterable[tuple[int, str]]:
    """Every string, docstrings and parts of f-strings too, and every identifier, with its line.

    A docstring may cite who published a number: what follows ``Source:`` up to the end of its paragraph is left out.
    """
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, CITATION.sub("", node.value) if id(node) in docs else node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg


def told(tree: ast.Module, known: frozenset[str]) -> list[str]:
    return [f"{line}: {', '.join(sorted(words(text) & known))}" for line, text in texts(tree) if words(text) & known]


def test_code_names_no_programme() -> None:
    wrong = [f"{module.path.name}:{hit}" for module in modules() for hit in told(module.tree, names())]
    assert not wrong


def test_a_name_in_a_string_or_an_identifier_is_seen() -> None:
    known = frozenset({"zvezda", "soyuz"})
    tree = ast.parse('"""Of Zvezda."""\nsoyuz_seats = f"{n} on Soyuz"\nzvezdaBurn()\n')
    assert sorted(hit.split(":")[0] for hit in told(tree, known)) == ["1", "2", "2", "3"]


def test_a_citation_may_name_its_publisher_but_code_may_not() -> None:
    known = frozenset({"agency"})
    assert not told(ast.parse('"""A number. Source: Agency, Handbook (2004)."""'), known)
    assert told(ast.parse('"""Source: Handbook.\n\nThe agency rules."""'), known)
    assert told(ast.parse('x = "Source: Agency"'), known)


def test_the_list_is_made_from_the_shipped_data() -> None:
    assert set(LISTED) <= names() | GENERAL
    folders = [path for path in DATA.iterdir() if (path / "partners.csv").is_file()]
    for folder in folders:
        assert _names_in(folder / "partners.csv") & names()
