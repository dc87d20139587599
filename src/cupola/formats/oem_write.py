"""The text of an OEM, in either notation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cupola.base.constants import MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.instants import LeapSeconds, format_instant
from cupola.formats.decimals import shifted
from cupola.formats.ephemeris import (
    FRAMES,
    INERTIAL,
    TIME_SYSTEMS,
    VERSIONS,
    Covariances,
    Oem,
    OemSegment,
    lower_triangle,
)
from cupola.formats.findings import Findings
from cupola.formats.oem_xml import COVARIANCE, STATE, UNITS
from cupola.formats.state_checks import check_neighbours, check_order, check_states
from cupola.formats.texts import comment, element, remark, value

Pair = tuple[str, str]


def _header(oem: Oem, leap: LeapSeconds) -> list[Pair]:
    if oem.version not in VERSIONS:
        raise DomainError(f"the version {oem.version!r} of an OEM is not one of {', '.join(VERSIONS)}")
    if not oem.segments:
        raise DomainError("an OEM without a segment cannot be written")
    if len({(segment.time_system, segment.object_name, segment.object_id) for segment in oem.segments}) > 1:
        raise DomainError("an OEM has one object and one time system in all its segments")
    pairs = [("CLASSIFICATION", oem.classification), ("CREATION_DATE", format_instant(oem.creation, "UTC", leap))]
    pairs += [("ORIGINATOR", oem.originator), ("MESSAGE_ID", oem.message_id)]
    return [(key, value(text, key)) for key, text in pairs if text is not None]


def _check(segment: OemSegment) -> None:
    """Refuse what no reader of ours would take."""
    count = len(segment.instants)
    if segment.time_system not in TIME_SYSTEMS or segment.ref_frame not in FRAMES or segment.center_name != "EARTH":
        raise DomainError("a segment needs a time system, a frame and a centre of those known here")
    if not count or segment.position.shape != (count, 3) or segment.velocity.shape != (count, 3):
        raise DomainError("a segment needs states, each with a position and a velocity")
    if not np.isfinite(segment.position).all() or not np.isfinite(segment.velocity).all():
        raise DomainError("a state that is not finite is not written")
    findings, rows = Findings("segment"), range(1, count + 1)
    check_order(findings, rows, segment.instants, segment.start, segment.stop)
    moving = (segment.position, segment.velocity, segment.ref_frame, MU_EARTH)
    sound = check_states(findings, rows, *moving)
    if segment.ref_frame_epoch is None or segment.ref_frame in INERTIAL:
        check_neighbours(findings, rows, segment.instants, *moving, sound)
    if findings.problems:
        raise DomainError(f"{findings.problems[0]}")


def _metadata(segment: OemSegment, leap: LeapSeconds) -> list[Pair]:
    _check(segment)

    def time(instant: int | None) -> str | None:
        return None if instant is None else format_instant(instant, segment.time_system, leap)

    degree = segment.interpolation_degree
    pairs = [
        ("OBJECT_NAME", segment.object_name),
        ("OBJECT_ID", segment.object_id),
        ("CENTER_NAME", segment.center_name),
        ("REF_FRAME", segment.ref_frame),
        ("REF_FRAME_EPOCH", time(segment.ref_frame_epoch)),
        ("TIME_SYSTEM", segment.time_system),
        ("START_TIME", time(segment.start)),
        ("USEABLE_START_TIME", time(segment.useable_start)),
        ("USEABLE_STOP_TIME", time(segment.useable_stop)),
        ("STOP_TIME", time(segment.stop)),
        ("INTERPOLATION", segment.interpolation),
        ("INTERPOLATION_DEGREE", None if degree is None else str(degree)),
    ]
    return [(key, value(text, key)) for key, text in pairs if text is not None]


def _states(segment: OemSegment, leap: LeapSeconds) -> Iterator[tuple[str, list[str]]]:
    parts = [segment.position.tolist(), segment.velocity.tolist()]
    if segment.acceleration is not None:
        parts.append(segment.acceleration.tolist())
    for at, instant in enumerate(segment.instants.tolist()):
        yield (
            format_instant(instant, segment.time_system, leap),
            [shifted(number, -3) for part in parts for number in part[at]],
        )


def _covariances(
    covariances: Covariances, segment: OemSegment, leap: LeapSeconds
) -> Iterator[tuple[str, str, list[str]]]:
    for instant, frame, matrix in zip(
        covariances.instants.tolist(), covariances.frames, covariances.matrices, strict=True
    ):
        numbers = [shifted(number, -6) for number in lower_triangle(matrix)]
        yield format_instant(instant, segment.time_system, leap), frame, numbers


def _comments(texts: Sequence[str]) -> list[str]:
    return [f"COMMENT {comment(text)}".rstrip() for text in texts]


def oem_kvn(oem: Oem, leap: LeapSeconds) -> str:
    """The message in keyword notation."""
    lines = [f"CCSDS_OEM_VERS = {oem.version}", *_comments(oem.comments)]
    lines += [f"{key} = {text}" for key, text in _header(oem, leap)]
    for segment in oem.segments:
        lines += ["", "META_START", *_comments(segment.metadata_comments)]
        lines += [f"{key} = {text}" for key, text in _metadata(segment, leap)]
        lines += ["META_STOP", "", *_comments(segment.data_comments)]
        lines += [f"{when} {' '.join(numbers)}" for when, numbers in _states(segment, leap)]
        if segment.covariances is not None:
            lines += ["", "COVARIANCE_START", *_comments(segment.covariance_comments)]
            for when, frame, numbers in _covariances(segment.covariances, segment, leap):
                lines += [f"EPOCH = {when}", f"COV_REF_FRAME = {frame}"]
                lines += [" ".join(numbers[row * (row + 1) // 2 :][: row + 1]) for row in range(6)]
            lines.append("COVARIANCE_STOP")
    return "\n".join([*lines, ""])


def oem_xml(oem: Oem, leap: LeapSeconds) -> str:
    """The message in XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<oem id="CCSDS_OEM_VERS" version="{oem.version}">']
    header = [remark(text) for text in oem.comments]
    lines += ["<header>", *header, *(element(*pair) for pair in _header(oem, leap)), "</header>", "<body>"]
    for segment in oem.segments:
        lines += ["<segment>", "<metadata>"]
        lines += [remark(text) for text in segment.metadata_comments]
        lines += [element(*pair) for pair in _metadata(segment, leap)]
        lines += ["</metadata>", "<data>", *(remark(text) for text in segment.data_comments)]
        for when, numbers in _states(segment, leap):
            cells = (element(tag, text, UNITS[tag]) for tag, text in zip(STATE, numbers, strict=False))
            lines += ["<stateVector>", element("EPOCH", when), *cells, "</stateVector>"]
        lines += _covariance_elements(segment, leap)
        lines += ["</data>", "</segment>"]
    return "\n".join([*lines, "</body>", "</oem>", ""])


def _covariance_elements(segment: OemSegment, leap: LeapSeconds) -> list[str]:
    if segment.covariances is None:
        return []
    lines: list[str] = []
    comments = [remark(text) for text in segment.covariance_comments]
    for when, frame, numbers in _covariances(segment.covariances, segment, leap):
        cells = (element(tag, text, UNITS[tag]) for tag, text in zip(COVARIANCE, numbers, strict=True))
        lines += ["<covarianceMatrix>", *comments, element("EPOCH", when), element("COV_REF_FRAME", frame)]
        lines += [*cells, "</covarianceMatrix>"]
        comments = []
    return lines
