"""What both notations of an OEM have in common: its keywords, its order and what a state must satisfy."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NoReturn

import numpy as np

from cupola.base.constants import MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.instants import LeapSeconds, parse_instant
from cupola.formats import state_checks
from cupola.formats.decimals import number, whole
from cupola.formats.ephemeris import (
    FRAMES,
    INERTIAL,
    INTERPOLATIONS,
    LOCAL,
    TIME_SYSTEMS,
    VERSIONS,
    Covariances,
    Oem,
    OemSegment,
)
from cupola.formats.findings import Findings
from cupola.formats.texts import LONGEST_COMMENT, is_plain
from cupola.formats.trajectory_notes import check_notes

MAX_STATES = 300_000
MAX_SEGMENTS = 1_000
MAX_COMMENTS = 5_000
LONGEST_VALUE = 200
HEADER = ("CREATION_DATE", "ORIGINATOR", "CLASSIFICATION", "MESSAGE_ID")
NEEDED_HEADER = ("CREATION_DATE", "ORIGINATOR")
NEEDED = ("OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME", "STOP_TIME")
METADATA = (
    *NEEDED,
    *("REF_FRAME_EPOCH", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "INTERPOLATION", "INTERPOLATION_DEGREE"),
)
Fields = dict[str, tuple[int, str]]


class OemBuilder:
    """Takes the pieces of a message in their order and notes what is wrong with them."""

    def __init__(self, findings: Findings, leap: LeapSeconds) -> None:
        self.findings, self.leap = findings, leap
        self.version = ""
        self.header: Fields = {}
        self.header_comments: list[str] = []
        self.segments: list[OemSegment] = []
        self.segment: SegmentBuilder | None = None
        self.states = 0
        self.comments = 0
        self.fixed = dict.fromkeys(("TIME_SYSTEM", "OBJECT_NAME", "OBJECT_ID"), "")

    def refuse(self, line: int, key: str, what: str, got: str = "", expected: str = "") -> NoReturn:
        """End the reading here."""
        raise self.findings.refuse(line, key, what, got, expected)

    def begin(self, line: int, version: str) -> None:
        """The message and its version."""
        if version not in VERSIONS:
            self.refuse(line, "CCSDS_OEM_VERS", "is not a version known here", version, ", ".join(VERSIONS))
        self.version = version

    def head(self, line: int, key: str, value: str) -> None:
        """A keyword of the header."""
        take(self.header, HEADER, line, key, value, self.findings)

    def comment(self, line: int, text: str) -> None:
        """A comment, wherever it stands."""
        self.comments, text = self.comments + 1, text.replace("\t", " ").rstrip()
        if len(text) > LONGEST_COMMENT:
            self.findings.add(line, "COMMENT", "is too long", f"{len(text)} characters", f"at most {LONGEST_COMMENT}")
        if self.comments > MAX_COMMENTS:
            self.refuse(line, "COMMENT", "stands too often", expected=f"at most {MAX_COMMENTS} comments")
        if self.segment is None:
            self.header_comments.append(text)
        else:
            self.segment.comment(line, text)

    def begin_segment(self, line: int) -> None:
        """The metadata of the next segment begin."""
        self.end_segment()
        if len(self.segments) >= MAX_SEGMENTS:
            self.refuse(line, "META_START", "stands too often", expected=f"at most {MAX_SEGMENTS} segments")
        self.segment = SegmentBuilder(line, self)

    def end_segment(self) -> None:
        """No more states belong to the present segment."""
        if self.segment is not None:
            made = self.segment.finish()
            if made is not None:
                if self.segments and span(made)[0] < span(self.segments[-1])[1]:
                    line, what = self.segment.fields["START_TIME"][0], "begins before the useable end of the one before"
                    self.findings.add(line, "segment", what)
                self.segments.append(made)
            self.segment = None

    def finish(self) -> Oem:
        """The message. Raises FormatError with everything found."""
        self.end_segment()
        missing(self.header, NEEDED_HEADER, 1, "header", self.findings)
        creation = instant(self.header, "CREATION_DATE", "UTC", self.findings, self.leap)
        if not self.segments and not self.findings.problems:
            self.findings.add(1, "segments", "are missing")
        self.findings.stop()
        assert creation is not None
        return Oem(
            tuple(self.segments),
            self.header["ORIGINATOR"][1],
            creation,
            self.version,
            tuple(self.header_comments),
            text(self.header, "CLASSIFICATION"),
            text(self.header, "MESSAGE_ID"),
        )


class SegmentBuilder:
    """Metadata, states and covariances of one segment."""

    def __init__(self, line: int, builder: OemBuilder) -> None:
        self.line, self.builder, self.findings = line, builder, builder.findings
        self.fields: Fields = {}
        self.system: str | None = None
        self.in_data = self.in_covariance = False
        self.comments: tuple[list[str], list[str], list[str]] = ([], [], [])
        self.noted: list[tuple[int, str]] = []
        self.instants, self.lines, self.values = array("q"), array("q"), array("d")
        self.width = 0
        self.covariances: list[tuple[int, str, list[float]]] = []

    def comment(self, line: int, words: str) -> None:
        """A comment of the metadata, the data or the covariances."""
        self.comments[2 if self.in_covariance else 1 if self.in_data else 0].append(words)
        if self.in_data and not self.in_covariance:
            self.noted.append((line, words))

    def field(self, line: int, key: str, value: str) -> None:
        """A keyword of the metadata."""
        take(self.fields, METADATA, line, key, value, self.findings)

    def begin_data(self, line: int) -> None:
        """The metadata are complete."""
        self.in_data = True
        self.line = line
        missing(self.fields, NEEDED, line, "metadata", self.findings)
        for key, known in (("CENTER_NAME", ("EARTH",)), ("REF_FRAME", FRAMES), ("INTERPOLATION", INTERPOLATIONS)):
            choice(self.fields, key, known, self.findings)
        self.system = choice(self.fields, "TIME_SYSTEM", TIME_SYSTEMS, self.findings)
        for key, first in self.builder.fixed.items():
            if first and text(self.fields, key) not in (None, first):
                shown = text(self.fields, key) or ""
                self.findings.add(self.fields[key][0], key, "differs from that of the first segment", shown, first)
            self.builder.fixed[key] = first or text(self.fields, key) or ""
        if "INTERPOLATION" in self.fields and "INTERPOLATION_DEGREE" not in self.fields:
            self.findings.add(self.fields["INTERPOLATION"][0], "INTERPOLATION", "stands without INTERPOLATION_DEGREE")

    def state(self, line: int, when: str, numbers: Sequence[str]) -> None:
        """One state: its time, then position and velocity in km and km/s, and perhaps the acceleration."""
        self.builder.states += 1
        if self.builder.states > MAX_STATES:
            self.builder.refuse(line, "state", "is one too many", expected=f"at most {MAX_STATES}")
        if self.in_covariance:
            self.findings.add(line, "state", "stands after the covariances")
        if len(numbers) not in (6, 9):
            self.findings.add(line, "state", "has the wrong number of columns", str(len(numbers) + 1), "7 or 10")
            return
        if self.width not in (0, len(numbers)):
            self.findings.add(line, "state", "has another number of columns than those before", str(len(numbers) + 1))
            return
        self.width = len(numbers)
        # Without a time system the times mean nothing, and that is noted already.
        try:
            instant = parse_instant(when, self.system, self.builder.leap) if self.system else 0
            values = [number(word, 3) for word in numbers]
        except DomainError as error:
            self.findings.add(line, "state", str(error))
            return
        self.instants.append(instant)
        self.lines.append(line)
        self.values.extend(values)

    def covariance(self, line: int, when: str | None, frame: str | None, numbers: Sequence[str]) -> None:
        """One covariance: its time, its frame (that of the states when left out), 21 numbers in km2 and so on."""
        self.in_covariance = True
        if len(numbers) != 21:
            self.findings.add(line, "covariance", "has the wrong number of elements", str(len(numbers)), "21")
            return
        frame = frame if frame is not None else (text(self.fields, "REF_FRAME") or "")
        if frame not in (*FRAMES, *LOCAL):
            self.findings.add(line, "COV_REF_FRAME", "is no frame known here", frame, ", ".join((*FRAMES, *LOCAL)))
        try:
            if when is None:
                raise DomainError("a covariance without EPOCH")
            instant = parse_instant(when, self.system, self.builder.leap) if self.system else 0
            values = [number(word, 6) for word in numbers]
        except DomainError as error:
            self.findings.add(line, "covariance", str(error))
            return
        self.covariances.append((instant, frame, values))
        if any(values[at] < 0.0 for at in (0, 2, 5, 9, 14, 20)):
            self.findings.add(line, "covariance", "has a negative variance")

    def _time(self, key: str) -> int | None:
        return instant(self.fields, key, self.system, self.findings, self.builder.leap)

    def finish(self) -> OemSegment | None:
        """The segment, or None with what is wrong noted."""
        if not self.in_data:
            self.findings.add(self.line, "META_STOP", "is missing")
            return None
        start, stop = self._time("START_TIME"), self._time("STOP_TIME")
        first, last = self._time("USEABLE_START_TIME"), self._time("USEABLE_STOP_TIME")
        epoch = self._time("REF_FRAME_EPOCH")
        degree = None
        if "INTERPOLATION_DEGREE" in self.fields:
            line, words = self.fields["INTERPOLATION_DEGREE"]
            degree = self.findings.read(line, "INTERPOLATION_DEGREE", lambda word: whole(word, 1, 99), words)
        if not len(self.instants) and not self.findings.problems:
            self.findings.add(self.line, "states", "are missing")
        self._check(start, stop, first, last)
        if self.findings.problems or start is None or stop is None:
            return None
        values = np.frombuffer(self.values).reshape(len(self.instants), self.width)
        return OemSegment(
            self.fields["OBJECT_NAME"][1],
            self.fields["OBJECT_ID"][1],
            self.fields["REF_FRAME"][1],
            self.fields["TIME_SYSTEM"][1],
            start,
            stop,
            np.frombuffer(self.instants, dtype=np.int64),
            values[:, :3].copy(),
            values[:, 3:6].copy(),
            values[:, 6:].copy() if self.width == 9 else None,
            self.fields["CENTER_NAME"][1],
            epoch,
            first,
            last,
            text(self.fields, "INTERPOLATION"),
            degree,
            tuple(self.comments[0]),
            tuple(self.comments[1]),
            self._covariances(),
            tuple(self.comments[2]),
        )

    def _covariances(self) -> Covariances | None:
        if not self.covariances:
            return None
        matrices = np.zeros((len(self.covariances), 6, 6))
        rows, columns = np.tril_indices(6)
        for at, (_, _, values) in enumerate(self.covariances):
            matrices[at, rows, columns] = matrices[at, columns, rows] = values
        instants = np.array([row[0] for row in self.covariances], dtype=np.int64)
        return Covariances(instants, tuple(row[1] for row in self.covariances), matrices)

    def _check(self, start: int | None, stop: int | None, first: int | None, last: int | None) -> None:
        """What the states and the times of the metadata must satisfy together."""
        line = self.fields.get("STOP_TIME", (self.line, ""))[0]
        if start is not None and stop is not None and start > stop:
            self.findings.add(line, "STOP_TIME", "lies before START_TIME")
        inner = (first if first is not None else start, last if last is not None else stop)
        if None not in (*inner, start, stop) and not start <= inner[0] <= inner[1] <= stop:  # type: ignore[operator]
            self.findings.add(line, "USEABLE_START_TIME", "and USEABLE_STOP_TIME lie outside the segment")
        if self.system and self.width:
            instants = np.frombuffer(self.instants, dtype=np.int64)
            states = np.frombuffer(self.values).reshape(-1, self.width)
            frame = text(self.fields, "REF_FRAME") or ""
            state_checks.check_order(self.findings, self.lines, instants, start, stop)
            moving = (states[:, :3], states[:, 3:6], frame, MU_EARTH)
            sound = state_checks.check_states(self.findings, self.lines, *moving)
            if "REF_FRAME_EPOCH" not in self.fields or frame in INERTIAL:
                state_checks.check_neighbours(self.findings, self.lines, instants, *moving, sound)
        if self.noted and start is not None and stop is not None:
            check_notes(self.noted, start, stop, self.findings, self.builder.leap)


def span(segment: OemSegment) -> tuple[int, int]:
    """First and last useable instant of a segment."""
    first, last = segment.useable_start, segment.useable_stop
    return segment.start if first is None else first, segment.stop if last is None else last


def take(fields: Fields, known: Sequence[str], line: int, key: str, value: str, findings: Findings) -> None:
    """Keep a keyword's value; an unknown or second keyword, or one without a value, is noted."""
    if key not in known:
        findings.add(line, key[:40], "is no keyword of this place", expected=", ".join(known))
    elif key in fields:
        findings.add(line, key, "stands twice", remedy=f"The first one is on line {fields[key][0]}.")
    elif not value or len(value) > LONGEST_VALUE or not is_plain(value):
        findings.add(
            line, key, "has no value" if not value else "has too long a value, or one with a control character"
        )
        fields[key] = (line, "")
    else:
        fields[key] = (line, value)


def missing(fields: Fields, needed: Sequence[str], line: int, place: str, findings: Findings) -> None:
    """Note keywords that must stand and do not."""
    for key in needed:
        if key not in fields:
            findings.add(line, key, f"is missing in the {place}")


def text(fields: Fields, key: str) -> str | None:
    """The value of a keyword that need not stand."""
    return fields[key][1] if key in fields else None


def choice(fields: Fields, key: str, known: Sequence[str], findings: Findings) -> str | None:
    """The value of a keyword, in capitals, if it is one of those known; else None, and noted when it stands at all."""
    value = text(fields, key)
    if value and value.upper() in known:
        fields[key] = (fields[key][0], value.upper())
        return value.upper()
    if not value:
        return None
    hint = "The frame J2000 is called EME2000." if value.upper() in ("J2000", "ECI", "MJ2000", "J2K") else ""
    findings.add(fields[key][0], key, "is not known here", value, ", ".join(known), hint)
    return None


def instant(fields: Fields, key: str, system: str | None, findings: Findings, leap: LeapSeconds) -> int | None:
    """The instant of a keyword, or None when it does not stand or cannot be read."""
    if not text(fields, key) or system is None:
        return None
    reader: Callable[[str], int] = lambda words: parse_instant(words, system, leap)  # noqa: E731
    return findings.read(fields[key][0], key, reader, fields[key][1])
