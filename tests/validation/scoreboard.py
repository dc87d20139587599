"""The scoreboard: one row per comparison with the world, made by registered functions.

A new file ``measures_*.py`` beside this one whose functions carry ``@measure`` adds its rows to docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison."""

    what: str
    source: str
    measured: str
    """What Cupola gives"""
    expected: str
    """What the source says"""
    residual: float
    """In the unit of ``goal``, never negative"""
    goal: float
    """Largest residual that counts as agreement"""
    unit: str
    """``%`` shows shares as per cent"""
    naive: float | None = None
    """Residual of the naive baseline, where there is one"""
    baseline: str = ""
    """What the naive baseline is"""

    @property
    def verdict(self) -> str:
        agrees = "agrees" if self.residual <= self.goal else "**misses the goal**"
        if self.naive is None:
            return agrees
        beats = "beats the baseline" if self.residual < self.naive else "**does not beat the baseline**"
        return f"{agrees}; {beats}"

    def show(self, value: float | None) -> str:
        if value is None:
            return "none"
        return f"{100.0 * value:.1f} %" if self.unit == "%" else f"{value:.3g} {self.unit}".rstrip()


Measure = Callable[[], list[Row]]
MEASURES: dict[str, Measure] = {}


def measure(function: Measure) -> Measure:
    """Register a function that gives rows."""
    MEASURES[function.__name__] = function
    return function
