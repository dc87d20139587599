"""Lanes: what each future of a run is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """One future on the last axis of every array.

    ``index`` keys its random streams, so a lane is the same in any company; ``let_down`` is the day of the run
    from which no reboost is made any more (the station is let sink), or None.
    """

    index: int
    label: str
    enforced: bool
    nominal: bool
    let_down: int | None = None


def detailed(lanes: Sequence[Lane]) -> int:
    """How many leading lanes are kept in every detail: the nominal ones where others were sampled beside them."""
    leading = 0
    while leading < len(lanes) and lanes[leading].nominal:
        leading += 1
    return leading or len(lanes)


def default_lanes(samples: int) -> tuple[Lane, ...]:
    """The nominal future with rules kept and with rules waived, then ``samples`` sampled ones of each."""
    lanes = [Lane(0, "rules kept", True, True), Lane(0, "rules waived", False, True)]
    for number in range(1, samples + 1):
        lanes.append(Lane(number, f"sample {number}, rules kept", True, False))
        lanes.append(Lane(number, f"sample {number}, rules waived", False, False))
    return tuple(lanes)
