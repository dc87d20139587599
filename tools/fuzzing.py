"""What the fuzzers share: their command line, and their mutants judged in several processes.

Assumptions and limits: a fuzzer's ``work`` can be called in a fresh process, so it is a function of its module.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Judged:
    """What became of some mutants."""

    count: Counter[str] = field(default_factory=Counter)
    """How many of each outcome"""
    failed: list[str] = field(default_factory=list)
    """Which failed, and why"""
    spent: float = 0.0
    """Processor's time [s]"""
    longest: float = 0.0
    """That of the longest one [s]"""

    def note(self, outcome: str, reason: str, mutant: str, began: float) -> None:
        """Add a mutant that was begun at a processor's time."""
        self.longest = max(self.longest, time.process_time() - began)
        self.count[outcome] += 1
        if outcome == "failed":
            self.failed.append(f"{mutant}: {reason}")


def parser(about: str, count: int) -> argparse.ArgumentParser:
    """The options that every fuzzer has; the description is the first line of ``about``."""
    made = argparse.ArgumentParser(description=about.split("\n")[0])
    made.add_argument("--count", type=int, default=count)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--jobs", type=int, default=2)
    return made


def judge_all(work: Callable[[int, range], Judged], given: argparse.Namespace) -> int:
    """Judge all mutants in several processes and print the figures; the exit code."""
    begin = time.monotonic()
    parts = [(given.seed, range(job, given.count, given.jobs)) for job in range(given.jobs)]
    with multiprocessing.get_context("spawn").Pool(given.jobs) as pool:
        done = pool.starmap(work, parts)
    count = sum((part.count for part in done), Counter[str]())
    spent, longest = sum(part.spent for part in done), max(part.longest for part in done)
    print(f"{sum(count.values())} mutants in {time.monotonic() - begin:.0f} s: {dict(sorted(count.items()))}.")
    print(f"{1000 * spent / max(1, given.count):.2f} ms of processor time a mutant, {longest:.2f} s the longest.")
    for reason in (reason for part in done for reason in part.failed[:20]):
        print(reason)
    return 1 if count["failed"] else 0
