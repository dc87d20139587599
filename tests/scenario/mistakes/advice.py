"""Does what a message advises, from its words alone, so that a test can see whether the advice helps.

``ways`` gives the texts that the file could have after somebody followed the message; the first one that makes the
problem go away shows that the advice works. What a message leaves open (which of two dates is wrong) is tried in the
ways it names. Nothing here looks at what was seeded.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from cupola.base.errors import Problem

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBER = r"[+-]?[\d.]+(?:e[+-]?\d+)?"


def values(problem: Problem) -> Iterator[str]:
    """Values that the message names for the field, the likeliest first."""
    said, rule = problem.remedy, problem.expected
    yield from re.findall(r"Did you mean '([^']+)'\?", said)
    yield from re.findall(r"(?:Write|such as|separators:|unit:)[^']{0,40}? '([^']+)'", said)
    yield from re.findall(r"Write (?:for example )?(\d{4}-\d\d-\d\d)\.", said)
    for unit in re.findall(r"Write it in (.+?)\.$", said):
        yield f"{re.match(_NUMBER, problem.got).group() if re.match(_NUMBER, problem.got) else 1} {unit}"
    for known in re.findall(r"(?:Known|fit): ([^.]+(?:\.[^ .][^.]*)*)\.", said):
        yield from known.split(", ")[:3]
    for found in re.finditer(rf"(?:^|from )({_NUMBER}) to ({_NUMBER})(?: (\S.*))?$", rule):
        low, high, unit = float(found[1]), float(found[2]), found[3] or ""
        for number in (low, (low + high) / 2, high, 1.0, 10.0, 100.0, 1_000.0, 10_000.0):
            if low <= number <= high:
                yield f"{number:.15g}".split("e")[0] + f" {unit}".rstrip() if number < 1e15 else ""
    for found in re.finditer(r"^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$", rule):
        yield from (found[1], found[2], "2000-01-01")
    yield from re.findall(r"^(?:on or )?after (\d{4}-\d\d-\d\d)$", rule)
    yield from re.findall(r"^within \d+ days of (\d{4}-\d\d-\d\d)$", rule)
    yield from re.findall(r"^at most (\d+) of", rule)
    yield from rule.removeprefix("one of ").split(", ")[:1] if rule.startswith("one of ") else []
    if rule.startswith("F or K"):
        yield "F"
    if rule.startswith("yes or no"):
        yield "yes"
    if "such as 2022-07-26" in rule:
        yield from ("2022-07-26", "2000-01-01", "2030-01-01")
    if rule.startswith("an id of"):
        yield re.sub(r"[^\w.-]+", "-", problem.got).strip("-") or "an-id"
    if rule.startswith("a number") or rule.startswith("a text"):
        yield "1"
    for found in re.finditer(rf"with low ({_NUMBER}) and high ({_NUMBER})", problem.got):
        yield from (found[2], found[1])
    if "must work without" in said or "only replace an earlier" in said:
        yield ""
    if said == "Shorten it.":
        yield "x" * int(re.findall(r"\d+", rule)[0]) if re.findall(r"\d+", rule) else ""


Edit = Callable[[str, Problem], str]


def _cell(text: str, change: Callable[[list[str]], list[str]]) -> str:
    """A CSV line with its cells changed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(change(next(csv.reader([text]))))
    return out.getvalue()


def _requote(text: str) -> str:
    """Close a quote before the next comma and double those within."""
    at = text.index('"')
    end = text.index(",", at)
    inner = text[at:end].replace('"', "")
    return f'{text[:at]}"{inner}"{text[end:]}'


LINES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("Write a colon and a blank", lambda text: f"{text}:"),
    ("Write a blank after the colon", lambda text: text.replace(":", ": ", 1)),
    ("Indent with blanks", lambda text: text.replace("\t", "  ")),
    ("Close the bracket", lambda text: f"{text}]"),
    ("Close the quotes that open here", lambda text: f'{text}"'),
    ("Write the value out", lambda text: re.sub(r"[&*]\w+ ?", "", text)),
    ("without a tag", lambda text: re.sub(r"!+\w+ ", "", text)),
    ("into quotes", lambda text: re.sub(r"^(\s*[\w-]+): (.*)$", r'\1: "\2"', text)),
    ("with a point", lambda text: re.sub(r"(\d),(\d)", r"\1.\2", text, count=1)),
    ("Flatten it", lambda text: re.sub(r": .*", ": []", text)),
    ("Write plain words", lambda text: re.sub(r"\[\[(.*)\]\]", r"[\1]", text)),
    ("Remove it; a scenario is plain", lambda text: _CONTROL.sub("", text)),
    ("Remove low and high", lambda text: re.sub(r", (?:low|high): [^,}]*", "", text)),
    ("Fill the row up", lambda text: f"{text},"),
    ("into double quotes", lambda text: _cell(text, lambda row: [*row[:-2], ",".join(row[-2:])])),
    ("double those within", _requote),
    ("Put the three in order", lambda text: _ordered(text)),
)
"""Words of an advice, and what they make of the line that was told."""
GONE = ("Keep one", "Break the circle", "Remove it or mend", "Remove the row")
"""Words by which the line that was told is to go."""


def _ordered(text: str) -> str:
    """The three numbers of a range in order, in a YAML mapping."""
    numbers = re.findall(rf"(?:value|low|high): ({_NUMBER}[^,}}]*)", text)
    if len(numbers) != 3:
        return text
    low, value, high = sorted(numbers, key=lambda part: float(re.match(_NUMBER, part).group()))
    for name, number in (("value", value), ("low", low), ("high", high)):
        text = re.sub(rf"{name}: {_NUMBER}[^,}}]*", f"{name}: {number}", text)
    return text


def ways(text: str, problem: Problem) -> Iterator[str]:
    """The whole file as it could be after the message was followed at its line."""
    rows = text.split("\n")
    number = problem.where.rpartition(":")[2]
    at = int(number) - 1 if number.isdigit() else len(rows)
    if at >= len(rows):
        return

    def with_line(line: str | None) -> str:
        return "\n".join([*rows[:at], *([] if line is None else [line]), *rows[at + 1 :]])

    opened = re.search(r"opens in line (\d+)", problem.remedy)
    if opened:
        at = int(opened[1]) - 1
    said = problem.remedy
    wrong = problem.key.rpartition(".")[2]
    for name in values(problem):
        if problem.got and problem.got in rows[at]:
            yield with_line(rows[at].replace(problem.got, name))
        if "unit" in problem.what and problem.got in rows[at]:
            # The word that is meant is the unit; the number before it stays.
            yield with_line(rows[at].replace(problem.got, re.sub(r"[A-Za-z/0-9]+$", name, problem.got)))
        if re.search(rf"\b{re.escape(wrong)}\b", rows[at]) and "unknown" in problem.what:
            yield with_line(re.sub(rf"\b{re.escape(wrong)}\b", name, rows[at]))
    for words, change in LINES:
        if words in said:
            yield with_line(change(rows[at]))
    if "column that stands twice" in problem.what:
        yield _without_column(rows, at)
    elif any(words in said for words in GONE):
        yield with_line(None)
    if "Keep one document" in said:
        yield with_line(None)
    if "missing column" in problem.what:
        yield "\n".join([*rows[:at], f"{wrong},{rows[at]}", *(f"2000-01-01,{row}" for row in rows[at + 1 :])])
    if "with commas" in said:
        yield text.replace(";", ",").replace("\t", ",")
    if "Begin with the names" in said:
        yield f"id,name\n{text}"


def _without_column(rows: list[str], at: int) -> str:
    """The table without the last of its columns."""
    return "\n".join([*rows[:at], *(_cell(row, lambda cells: cells[:-1]) if row else row for row in rows[at:])])
