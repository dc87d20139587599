"""The sentence over a drawing of who provides what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cupola.programme.programme import Programme

Row = Mapping[str, Any]


def listing(names: Sequence[str], joint: str = "and") -> str:
    """Names in a row of words.

    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    return " ".join([", ".join(names[:-1]), joint, names[-1]]) if len(names) > 1 else "".join(names)


def _times(number: int) -> str:
    return "1 function" if number == 1 else f"{number} functions"


def day_title(found: Row, names: Mapping[str, str]) -> str:
    """Which functions end without which partner, the heaviest loss first."""
    ended: dict[str, list[bool]] = {}
    for row in found["single_points"]:
        kind, _, key = row["losses"][0].partition("/")
        if kind == "partner":
            ended.setdefault(key, []).append(row["vital"])
    if not ended:
        return "No function ends with the loss of one partner"
    told = []
    for key, vital in sorted(ended.items(), key=lambda pair: -len(pair[1]))[:3]:
        of = f", {sum(vital)} of them vital" if any(vital) else ""
        told.append(f"without {names.get(key, key)} {_times(len(vital))} end{'s' if len(vital) == 1 else ''}{of}")
    sentence = "; ".join(told)
    return sentence[0].upper() + sentence[1:]


def function_title(programme: Programme, found: Row) -> str:
    """What single losses end a function."""
    graph = found["graph"]
    top = next(node for node in graph["nodes"] if node["level"] == 0)
    names = [row["names"][0] for row in found["single_points"]]
    if not top["stands"]:
        return f"{top['name']}: nobody provides it"
    if not names:
        return f"{top['name']}: no single loss ends it"
    return (
        f"{top['name']} ends with any one of {listing(names, 'or')}"
        if len(names) > 1
        else (f"{top['name']} ends with {names[0]}")
    )


def months_title(found: Row, names: Mapping[str, str]) -> str:
    """How many functions never stand without which partner."""
    never: dict[str, int] = {}
    for row in found["summary"]:
        for key, months in row["single"].items():
            kind, _, name = key.partition("/")
            if kind == "partner" and months == row["stood"]:
                never[name] = never.get(name, 0) + 1
    if len(found["summary"]) == 1:
        return _one_function(found["summary"][0], found["months"][0]["name"], names)
    if not never:
        return "In every month each function stands without any one partner"
    ordered = sorted(never.items(), key=lambda pair: -pair[1])[:3]
    first = f"{_times(ordered[0][1])} never stand{'s' if ordered[0][1] == 1 else ''} without "
    told = [first + names.get(ordered[0][0], ordered[0][0])]
    told += [f"{number} without {names.get(key, key)}" for key, number in ordered[1:]]
    return listing(told)


def _one_function(row: Row, name: str, names: Mapping[str, str]) -> str:
    if not row["stood"]:
        return f"{name}: nobody provides it in these months"
    needed = [
        (months, names.get(key.partition("/")[2], key))
        for key, months in row["single"].items()
        if key.startswith("partner/")
    ]
    if not needed:
        return f"{name} stands in {row['stood']} of {row['months']} months, and no one partner is needed for it"
    months, partner = max(needed)
    often = "in none of them" if months == row["stood"] else f"in {row['stood'] - months} of them"
    return f"{name} stands in {row['stood']} of {row['months']} months, {often} without {partner}"
