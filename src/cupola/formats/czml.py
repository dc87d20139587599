"""CZML: a satellite's track for a globe in Cesium.

**Assumptions and limits.** Positions and velocities are sampled and interpolated by Cesium after Hermite. Cesium's
INERTIAL frame is taken for EME2000, GCRF and ICRF, which differ by under a metre in low orbit, and its FIXED frame for
ITRF; TEME is refused, as Cesium has none. Times are seconds since the first state, leap seconds included, as Cesium
counts them.
Source: Analytical Graphics, CZML Guide, github.com/AnalyticalGraphicsInc/czml-writer/wiki.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cupola.base.errors import DomainError
from cupola.base.instants import LEAP_SECONDS, NS, LeapSeconds, format_instant
from cupola.formats.ephemeris import ROTATING, OemSegment
from cupola.formats.texts import value

COLOUR = (0, 170, 255, 255)
"""Red, green, blue and opacity of a track, 0 to 255"""
_FRAMES = {"EME2000": "INERTIAL", "GCRF": "INERTIAL", "ICRF": "INERTIAL", **dict.fromkeys(ROTATING, "FIXED")}
DEGREE = 7
"""Of the interpolation: through four states with their velocities"""


def write_czml(
    segments: Sequence[OemSegment],
    *,
    name: str = "track",
    trail: float = 5_580.0,
    colour: tuple[int, int, int, int] = COLOUR,
    leap: LeapSeconds = LEAP_SECONDS,
) -> str:
    """The text of a CZML document with one packet a segment.

    segments   tracks, each with two states or more
    name       of the document
    trail      length of the path drawn before and after the satellite [s]
    colour     red, green, blue, opacity

    Raises DomainError for a frame that Cesium does not know, and for a segment of fewer than two states.
    """
    if not segments:
        raise DomainError("a CZML document needs a track")
    if any(len(segment.instants) < 2 for segment in segments):
        raise DomainError("a track needs two states or more")
    start = min(int(segment.instants[0]) for segment in segments)
    stop = max(int(segment.instants[-1]) for segment in segments)
    document = {
        "id": "document",
        "name": value(name, "the name"),
        "version": "1.0",
        "clock": {
            "interval": f"{_time(start, leap)}/{_time(stop, leap)}",
            "currentTime": _time(start, leap),
            "multiplier": 60,
            "range": "LOOP_STOP",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        },
    }
    packets = [_packet(at, segment, trail, colour, leap) for at, segment in enumerate(segments)]
    return json.dumps([document, *packets], allow_nan=False, ensure_ascii=False, separators=(",", ":")) + "\n"


def _time(instant: int, leap: LeapSeconds) -> str:
    return format_instant(instant, "UTC", leap) + "Z"


def _packet(
    at: int, segment: OemSegment, trail: float, colour: tuple[int, int, int, int], leap: LeapSeconds
) -> dict[str, Any]:
    frame = _FRAMES.get(segment.ref_frame)
    if frame is None:
        raise DomainError(f"Cesium has no frame {segment.ref_frame}; turn the states into EME2000, GCRF or ITRF first")
    first, last = int(segment.instants[0]), int(segment.instants[-1])
    seconds = ((segment.instants - first) / NS).tolist()
    samples: list[float] = []
    for second, place, speed in zip(seconds, segment.position.tolist(), segment.velocity.tolist(), strict=True):
        samples += [second, *place, *speed]
    label = value(segment.object_name, "OBJECT_NAME")
    shade = {"rgba": list(colour)}
    return {
        "id": f"{segment.object_id}/{at + 1}",
        "name": label,
        "availability": f"{_time(first, leap)}/{_time(last, leap)}",
        "position": {
            "interpolationAlgorithm": "HERMITE",
            "interpolationDegree": DEGREE,
            "referenceFrame": frame,
            "epoch": _time(first, leap),
            "cartesianVelocity": samples,
        },
        "point": {"color": shade, "pixelSize": 8},
        "label": {"text": label, "font": "12pt sans-serif", "pixelOffset": {"cartesian2": [14, 0]}, "fillColor": shade},
        "path": {
            "material": {"solidColor": {"color": shade}},
            "width": 1.5,
            "leadTime": trail,
            "trailTime": trail,
            "resolution": 60,
        },
    }
