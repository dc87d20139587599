"""One cell to one typed value, as ``fields.csv`` says; what cannot be read becomes a problem.

A bare number is in the unit of its field. Where the value carries a unit of its own (``20.3 t``), a bare ``low`` or
``high`` beside it is in that unit too.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

from cupola.base.errors import DomainError
from cupola.base.quantity import UNITS, Quantity, parse_number
from cupola.base.time import parse_date
from cupola.programme.functions import Need
from cupola.scenario.cells import Cell, Findings, remedy
from cupola.scenario.fields import FieldSpec

MAX_TEXT = 10_000
MAX_NUMBER = 64
_FORMULA = ("=", "@", "|", "\uff1d", "\uff20")
"""A plus or a minus may begin a text that lists numbers; what a program exports is made safe once more."""
MAX_PARTS = 200
"""Parts of one list."""
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2150, 12, 31)
NEED_KINDS = ("function", "provision", "store", "trained", "site")
YES_NO = {"yes": True, "true": True, "no": False, "false": False}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_CREW = re.compile(r"(\S+)\s+(\d{1,3})")
_BARE = re.compile(r"[+-]?\.?\d[\d_.]*(?:[eE][+-]?\d+)?", re.ASCII)

UnitOf = Callable[[str], str]
"""Edge unit of a function by its id; empty when unknown."""


class Converter:
    """Reads cells of any field."""

    def __init__(self, findings: Findings, unit_of: UnitOf) -> None:
        self.findings, self.unit_of = findings, unit_of
        self.readers: dict[str, Callable[[Cell, FieldSpec, str], object]] = {
            "text": self._text,
            "integer": self._integer,
            "date": self._date,
            "yesno": self._yes_no,
            "choice": self._choice,
            "id": self._id,
            "ids": self._ids,
            "crew": self._crew,
            "moves": self._moves,
            "clauses": self._clauses,
            "needs": self._needs,
        }

    def value(self, cell: Cell, spec: FieldSpec, key: str) -> object:
        """The typed value of a cell that holds no number, or None with a problem noted."""
        if cell.low or cell.high:
            got = f"low {cell.low or 'blank'} and high {cell.high or 'blank'}"
            self._refuse(cell, key, "has a range, and is not a number", got, spec.expected(), "Remove low and high.")
        if cell.text.count(";") >= MAX_PARTS and spec.type not in ("text", "clauses"):
            got, rule = f"{cell.text.count(';') + 1} parts", f"at most {MAX_PARTS}"
            self._refuse(cell, key, "is too long a list", got, rule, "Shorten it.")
            return None
        return self.readers[spec.type](cell, spec, key)

    def quantity(self, cell: Cell, spec: FieldSpec, key: str, unit: str) -> Quantity | None:
        """A number with its range in SI. ``unit`` is the edge unit of the field."""
        wide = cell.unit or _own_unit(cell.text) or unit
        if cell.text and wide not in UNITS:
            # One wrong unit is one mistake, although it is that of the range too.
            self.number(cell, cell.text, spec, key, unit, wide)
            return None
        if not cell.text:
            example = _example(spec, unit, cell.low or cell.high)
            got = f"only a range, {cell.low or 'nothing'} to {cell.high or 'nothing'}"
            self._refuse(cell, key, "is missing", got, f"a number in {unit}", f"Give the value, such as '{example}'.")
            return None
        value = self.number(cell, cell.text, spec, key, unit, wide)
        if wide in UNITS and UNITS[wide][0] != UNITS[unit][0]:
            return None
        low = self.number(cell, cell.low, spec, f"{key}_low", unit, wide) if cell.low else value
        high = self.number(cell, cell.high, spec, f"{key}_high", unit, wide) if cell.high else value
        status = cell.status or "K"
        if status not in ("F", "K"):
            self._refuse(cell, f"{key}.status", "is an unknown choice", status, "F or K", "Choose F or K.")
            return None
        if value is None or low is None or high is None:
            return None
        # A range that rounding in a spreadsheet moved by one part in a million million is still a range.
        slack = 1e-12 * abs(value)
        if low - slack > value or value > high + slack:
            what = "lies outside its own range"
            got = f"{cell.text} with low {cell.low or cell.text} and high {cell.high or cell.text}"
            self._refuse(cell, key, what, got, "low <= value <= high", "Put the three in order.")
            return None
        source = cell.source or f"given without a source at {cell.where}"
        return Quantity(value, min(low, value), max(high, value), unit, status, source, cell.where)

    def number(self, cell: Cell, text: str, spec: FieldSpec, key: str, unit: str, wide: str) -> float | None:
        """One number in SI. A bare one is in the unit ``wide``; the hard range is counted in ``unit``."""
        own = _own_unit(text)
        shown = text if own else f"{text} {wide}".strip()
        if len(text) > MAX_NUMBER:
            got, rule = f"{len(text)} characters", f"at most {MAX_NUMBER}"
            self._refuse(cell, key, "is too long for a number", got, rule, f"Write '{_example(spec, unit)}'.")
            return None
        strange = next((name for name in (own, wide) if name and name not in UNITS), "")
        if strange:
            self._strange_unit(cell, text, spec, key, unit, strange)
            return None
        if UNITS[wide][0] != UNITS[unit][0]:
            what = f"has the unit {wide!r} of {UNITS[wide][0]}, not of {UNITS[unit][0]}"
            self._refuse(cell, key, what, shown, f"a number in {unit}", f"Write it in {unit}.")
            return None
        try:
            number = parse_number(text, wide)
            if not math.isfinite(number):
                raise DomainError("is not finite")
        except DomainError as error:
            what = "is not a number" if "unknown unit" in str(error) else str(error)
            rule, advice = f"a number in {unit}", f"Write a number, or one with a unit: '{_example(spec, unit)}'."
            self._refuse(cell, key, what, text or "nothing", rule, advice)
            return None
        edge = number / UNITS[unit][1]
        low, high = (-math.inf if spec.low is None else spec.low), (math.inf if spec.high is None else spec.high)
        # Each end has the slack of its own rounding, so that nothing below zero is nothing.
        if low - 1e-9 * abs(low) <= edge <= high + 1e-9 * abs(high) or low == -math.inf or high == math.inf:
            return number
        side = "below" if edge < low else "above"
        rule = f"{low:g} to {high:g} {unit if unit != '1' else ''}".strip()
        self._refuse(cell, key, f"is {side} what is possible", f"{edge:.6g} {unit}", rule, "Check the unit.")
        return None

    def _strange_unit(self, cell: Cell, text: str, spec: FieldSpec, key: str, unit: str, strange: str) -> None:
        """Note a unit that does not exist, or a number written with a comma or with blanks in it."""
        rule = f"a number in {unit}"
        plain = re.sub(r"(?<=\d)[ ,'\u00a0\u2009\u202f](?=\d{3}(?!\d))", "", text)
        pointed = re.sub(r"(?<=\d),(?=\d)", ".", plain)
        own = _own_unit(pointed)
        if pointed != text and (not own or own in UNITS):
            advice = f"Write it with a point and without separators: {pointed!r}."
            self._refuse(cell, key, "is not a number as it is written here", text, rule, advice)
            return
        same = [name for name, (dimension, _) in UNITS.items() if dimension == UNITS.get(unit, ("", 0.0))[0]]
        advice = remedy(strange, same or UNITS, f"Write it in {unit}.")
        self._refuse(cell, key, "has an unknown unit", text if strange in text else f"{text} {strange}", rule, advice)

    def ids(self, text: str) -> tuple[str, ...]:
        """The parts of a list."""
        return tuple(part.strip() for part in text.split(";") if part.strip())

    def _refuse(self, cell: Cell, key: str, what: str, got: str, expected: str, advice: str = "") -> None:
        self.findings.add(cell.where, key, what, got, expected, advice)

    def _text(self, cell: Cell, spec: FieldSpec, key: str) -> str | None:
        if len(cell.text) > MAX_TEXT:
            self._refuse(cell, key, "is too long", f"{len(cell.text)} characters", f"at most {MAX_TEXT}", "Shorten it.")
            return None
        if cell.text.startswith(_FORMULA):
            what, rule = "begins like a formula of a spreadsheet", "a text that begins with a letter or a digit"
            self._refuse(cell, key, what, cell.text[:40], rule, "Put a word before it.")
            return None
        return cell.text

    def _integer(self, cell: Cell, spec: FieldSpec, key: str) -> int | None:
        if not _INTEGER.fullmatch(cell.text):
            self._refuse(cell, key, "is not a whole number", cell.text, spec.expected(), "Write digits only.")
            return None
        number = int(cell.text)
        if (spec.low is not None and number < spec.low) or (spec.high is not None and number > spec.high):
            self._refuse(cell, key, "is outside its range", cell.text, spec.expected(), "Choose one within it.")
            return None
        return number

    def _date(self, cell: Cell, spec: FieldSpec, key: str) -> dt.date | None:
        return self.day(cell, cell.text, spec, key)

    def day(self, cell: Cell, text: str, spec: FieldSpec, key: str) -> dt.date | None:
        """A date within the years that Cupola knows."""
        try:
            day = parse_date(text, end=spec.unit == "end")
        except DomainError:
            advice = f"Write {iso(text) or 'for example 2022-07-26'}."
            self._refuse(cell, key, "is not a date", text, "YYYY-MM-DD, YYYY-MM or YYYY", advice)
            return None
        if not EARLIEST <= day <= LATEST:
            rule = f"{EARLIEST} to {LATEST}"
            self._refuse(cell, key, "is not in the years that are known", text, rule, "Mend the year.")
            return None
        return day

    def _yes_no(self, cell: Cell, spec: FieldSpec, key: str) -> bool | None:
        found = YES_NO.get(cell.text.casefold())
        if found is None:
            self._refuse(cell, key, "is neither yes nor no", cell.text, "yes or no", "Write yes or no.")
        return found

    def _choice(self, cell: Cell, spec: FieldSpec, key: str) -> str | None:
        if cell.text in spec.choices:
            return cell.text
        advice = remedy(cell.text, spec.choices, "Choose one of them.")
        self._refuse(cell, key, "is an unknown choice", cell.text, f"one of {', '.join(spec.choices)}", advice)
        return None

    def _id(self, cell: Cell, spec: FieldSpec, key: str) -> str | None:
        if _ID.fullmatch(cell.text):
            return cell.text
        self._refuse(cell, key, "is not an id", cell.text, spec.expected(), "Use at most 64 of these characters.")
        return None

    def _ids(self, cell: Cell, spec: FieldSpec, key: str) -> tuple[str, ...] | None:
        found = self.ids(cell.text)
        for part in found:
            if not _ID.fullmatch(part):
                self._refuse(cell, key, "is not an id", part, spec.expected(), "Separate ids by '; '.")
                return None
        return found

    def _clauses(self, cell: Cell, spec: FieldSpec, key: str) -> tuple[str, ...] | None:
        text = self._text(cell, spec, key)
        return None if text is None else self.ids(text)

    def _crew(self, cell: Cell, spec: FieldSpec, key: str) -> tuple[tuple[str, int], ...] | None:
        found: dict[str, int] = {}
        for part in self.ids(cell.text):
            match = _CREW.fullmatch(part)
            if match is None or match.group(1) in found:
                what = "is not a crew" if match is None else "names a partner twice"
                self._refuse(cell, key, what, part, spec.expected(), "Write 'partner number; partner number'.")
                return None
            found[match.group(1)] = int(match.group(2))
        return tuple(found.items())

    def _moves(self, cell: Cell, spec: FieldSpec, key: str) -> tuple[tuple[dt.date, str], ...] | None:
        found: list[tuple[dt.date, str]] = []
        for part in self.ids(cell.text):
            day_text, _, port = part.partition(" ")
            if not port or not _ID.fullmatch(port.strip()):
                self._refuse(cell, key, "is not a relocation", part, spec.expected(), "Write 'day port'.")
                return None
            day = self.day(cell, day_text, spec, key)
            if day is None:
                return None
            found.append((day, port.strip()))
        return tuple(found)

    def _needs(self, cell: Cell, spec: FieldSpec, key: str) -> tuple[Need, ...] | None:
        found: list[Need] = []
        for part in self.ids(cell.text):
            kind, colon, rest = part.partition(":")
            subject, equals, amount = (piece.strip() for piece in rest.partition("="))
            if (
                kind.strip() not in NEED_KINDS
                or not colon
                or not _ID.fullmatch(subject)
                or (equals and kind != "function")
            ):
                advice = remedy(kind.strip(), NEED_KINDS, "Write 'kind:subject'.")
                self._refuse(cell, key, "is not a need", part, spec.expected(), advice)
                return None
            unit = self.unit_of(subject) if equals else ""
            number = self.number(cell, amount, spec, key, unit, unit) if unit else 0.0
            if number is None:
                return None
            if number < 0:
                self._refuse(cell, key, "needs less than nothing", part, "an amount of 0 or more", "Mend the amount.")
                return None
            found.append(Need(kind.strip(), subject, number))
        return tuple(found)


def _own_unit(text: str) -> str:
    """The unit that a text carries, as written; empty for a bare number."""
    match = _BARE.match(text)
    return text[match.end() :].strip() if match else ""


def _example(spec: FieldSpec, unit: str, near: str = "") -> str:
    """A number that the field may have, with its unit, such as ``120 km``."""
    if near:
        return near
    low, high = spec.low if spec.low is not None else 0.0, spec.high if spec.high is not None else 1e9
    number = low if low > 0.0 else min(1.0, high)
    return f"{number:g} {unit}" if unit != "1" else f"{number:g}"


def iso(text: str) -> str:
    """The ISO form of a date that was written in another unmistakable order, or an empty text.

    >>> iso("26.07.2022"), iso("2022/7/5"), iso("05/07/2022")
    ('2022-07-26', '2022-07-05', '')
    """
    parts = re.split(r"[./-]", text.strip())
    if len(parts) != 3 or len(text) > 12 or not all(part.isascii() and part.isdigit() for part in parts):
        return ""
    first, second, third = (int(part) for part in parts)
    if first > 31:
        year, month, day = first, second, third
    elif second > 12:
        year, month, day = third, first, second
    elif first > 12 or "." in text:
        year, month, day = third, second, first
    else:
        return ""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
