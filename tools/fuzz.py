"""Mutates scenarios and reads them: each must load or be refused as a ScenarioError, and nothing may be written.

    python tools/fuzz.py --count 20000 --jobs 2 --seed 1

Half of the mutants are made with an eye for the form of the files (cells, rows, columns, keys, numbers and dates of
other places, words that are known to hurt), half of bytes. A mutant is a number and a seed, so any of them can be made
again: ``--only NUMBER --keep FOLDER`` leaves it in a folder. The exit code is 1 when one does anything else.

**Assumptions and limits.** What is written, started or connected to is seen by Python's audit events; what a compiled
library does without them is not. A mutant that takes longer than HANGS_AFTER_S counts as a failure.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cupola.base.errors import ScenarioError
from cupola.scenario import load, shipped
from fuzzing import Judged, judge_all, parser

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SMALL_SHARE = 0.93
"""Share of the mutants of the small stations; those of the shipped ones take several times as long to read."""
HANGS_AFTER_S = 30
DAYS = (dt.date(2022, 7, 26), dt.date(1999, 1, 1), dt.date(2026, 3, 1), dt.date(2040, 6, 30), dt.date(1950, 1, 1))
WORDS = (
    "nan inf -inf 1e999 -0.0 0 -1 1e-320 999999999999999999999 0x10 1_000 1,5 ٣ ½ ∞ null ~ yes no true drop remove "
    "2022-02-30 2022-13-01 0000-00-00 9999-12-31 2022 2022-07 P1Y P9999999999D 5 km 5 kg 5 furlong 100 % -5 K "
    "a hub x; y;; a 1; a 1 function:power=nan function:power=1e400 store: :x provision:truss-gyros trained:nobody "
    '../.. /etc/passwd iss small <script> =1+1 {{7*7}} %s \\x00 \' " "" # , ,, : - ? [ ] { } & * ! | > @ ` \\'
).split(" ")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = (
    "os.mkdir os.remove os.rename os.rmdir os.symlink os.link os.truncate os.chmod os.system os.exec os.posix_spawn "
    "os.spawn os.fork subprocess.Popen socket.connect socket.bind socket.getaddrinfo shutil.rmtree pickle.find_class"
).split()

Mutation = Callable[[bytes, random.Random], bytes]


class Watch:
    """Sees what a reading writes, starts or connects to, by the audit events of Python."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, mode, flags = (*details, None, None, 0)[:3]
            writes = isinstance(flags, int) and flags & WRITING
            # A compiled module that Python keeps for its next start is not written by the reader.
            if writes and not str(path).endswith(".pyc") and "__pycache__" not in str(path):
                self.seen.append(f"opened {path} to write ({mode})")
        elif event in FORBIDDEN and not (details and "__pycache__" in str(details[0])):
            self.seen.append(f"{event} {str(details)[:100]}")

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """What was seen while the block ran."""
        self.seen = []
        self.on = True
        try:
            yield self.seen
        finally:
            self.on = False


WATCH = Watch()


def _cells(data: bytes, change: Callable[[list[list[str]], random.Random], None], chance: random.Random) -> bytes:
    """Change the lines of a text as cells between commas, or as words in a file of keys."""
    rows = [line.split(",") for line in data.decode("utf-8", "replace").split("\n")]
    change(rows, chance)
    return "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")


def _word(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(WORDS)


def _other_cell(rows: list[list[str]], chance: random.Random) -> None:
    row, other = chance.choice(rows), chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(other)


def _same_column(rows: list[list[str]], chance: random.Random) -> None:
    row, other = chance.choice(rows), chance.choice(rows)
    at = chance.randrange(min(len(row), len(other)))
    row[at], other[at] = other[at], row[at]


def _blank(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = ""


def _column(rows: list[list[str]], chance: random.Random) -> None:
    width = max(map(len, rows))
    at, kind = chance.randrange(width), chance.randrange(3)
    for row in rows:
        if at < len(row):
            if kind == 0:
                del row[at]
            elif kind == 1:
                row.append(row[at])
            else:
                row[at], row[0] = row[0], row[at]


def _row(rows: list[list[str]], chance: random.Random) -> None:
    at, kind = chance.randrange(len(rows)), chance.randrange(4)
    if kind == 0:
        del rows[at]
    elif kind == 1:
        rows.insert(chance.randrange(len(rows)), list(rows[at]))
    elif kind == 2:
        rows.insert(0, rows.pop(at))
    else:
        rows[at] = [chance.choice(("  ", "    ", "\t", "- ", "")) + ",".join(rows[at]).strip()]
    if not rows:
        rows.append([""])


def _digit(data: bytes, chance: random.Random) -> bytes:
    """One digit becomes another, which leaves most files readable."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + str(chance.randrange(10)).encode() + data[at + 1 :]


def _letter(data: bytes, chance: random.Random) -> bytes:
    """One name is written differently everywhere but once."""
    words = data.split(b",")
    word = chance.choice(words)
    return data.replace(word, word[:-1], 1) if len(word) > 2 else data


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + bytes([(data[at : at + 1] or b"\0")[0] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 2, 8, 64))) + data[at:]


def _symbol(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(b",;:\"'\n\r\t #-[]{}&*!|>%@`\\\0=\x85\xe2").to_bytes(1, "big") + data[at:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    return data[:first] + data[min(len(data), first + chance.choice((1, 3, 20, 200, 100_000))) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    piece = data[first : first + chance.choice((1, 10, 100))]
    return data[:first] + piece * chance.choice((2, 5, 400)) + data[first:]


def _shaped(change: Callable[[list[list[str]], random.Random], None]) -> Mutation:
    return lambda data, chance: _cells(data, change, chance)


SHAPED: tuple[Mutation, ...] = (
    *map(_shaped, (_word, _word, _other_cell, _same_column, _blank, _column, _row, _row)),
    _digit,
    _digit,
    _letter,
)
BYTES: tuple[Mutation, ...] = (_flip, _insert, _symbol, _symbol, _cut, _repeat)


class Bench:
    """Copies of the scenarios in a folder of its own, one file of which is a mutant at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.small = ["small", "small-b-leaves"]
        self.others = sorted(shipped())
        for name in self.small:
            shutil.copytree(FIXTURES / name, folder / name)
        for name, source in shipped().items():
            shutil.copytree(source, folder / name)
        self.files = {
            name: sorted(path for path in (folder / name).iterdir() if path.suffix in (".csv", ".yaml"))
            for name in (*self.small, *self.others)
        }
        self.clean = {path: path.read_bytes() for paths in self.files.values() for path in paths}

    def mutant(self, seed: int, number: int) -> tuple[Path, dt.date, list[str], list[Path]]:
        """Make a mutant: the scenario to read, the day, options, and the files that are not as they were."""
        chance = random.Random(f"{seed}/{number}")
        name = chance.choice(self.small if chance.random() < SMALL_SHARE else self.others)
        # An overlay is read with the files below it, and those are mutated too.
        home = "small" if name == "small-b-leaves" and chance.random() < 0.8 else name
        kinds = SHAPED if chance.random() < 0.5 else BYTES
        changed: list[Path] = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            path = chance.choice(self.files[home])
            path.write_bytes(chance.choice(kinds)(path.read_bytes(), chance))
            changed.append(path)
        options = [
            f"{chance.choice(('orbit', 'span', 'vehicles.tug', ''))}.{chance.choice(WORDS)}={chance.choice(WORDS)}"
        ]
        return self.folder / name, chance.choice(DAYS), options if chance.random() < 0.05 else [], changed

    def restore(self, changed: list[Path]) -> None:
        """Put the files back."""
        for path in changed:
            path.write_bytes(self.clean[path])


def judge(place: Path, day: dt.date, options: list[str], read: Callable[..., object] = load) -> tuple[str, str]:
    """What became of a mutant: ``loaded``, ``refused``, or ``failed`` with the reason."""
    with WATCH.watching() as seen:
        try:
            read(place, as_of=day, settings=options)
            outcome = ("loaded", "")
        except ScenarioError as error:
            told = bool(error.problems) and all(problem.where and problem.what for problem in error.problems)
            outcome = ("refused", "") if told else ("failed", f"a refusal without a reason: {error}")
        except Exception:
            outcome = ("failed", traceback.format_exc())
    return ("failed", "; ".join(seen)) if seen else outcome


def _late(signum: int, frame: object) -> None:
    raise TimeoutError(f"took longer than {HANGS_AFTER_S} s")


def work(seed: int, numbers: range, read: Callable[..., object] = load) -> Judged:
    """Judge some mutants."""
    done = Judged()
    signal.signal(signal.SIGALRM, _late)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        bench = Bench(Path(place))
        begin = time.process_time()
        for number in numbers:
            scenario, day, options, changed = bench.mutant(seed, number)
            names = sorted(os.listdir(scenario))
            start = time.process_time()
            signal.alarm(HANGS_AFTER_S)
            outcome, reason = judge(scenario, day, options, read)
            signal.alarm(0)
            if sorted(os.listdir(scenario)) != names:
                outcome, reason = "failed", "a file came or went"
            done.note(outcome, reason, f"mutant {number} of seed {seed}", start)
            bench.restore(changed)
        done.spent = time.process_time() - begin
    return done


def keep(seed: int, number: int, folder: Path) -> None:
    """Leave one mutant in a folder, and say what becomes of it."""
    folder.mkdir(parents=True)
    scenario, day, options, changed = Bench(folder).mutant(seed, number)
    print(f"{scenario} as of {day} with {options}; changed: {', '.join(str(path) for path in changed)}")
    print(*judge(scenario, day, options))


def main() -> int:
    """Judge all mutants, or make one."""
    options = parser(__doc__ or "", 20_000)
    options.add_argument("--only", type=int, metavar="NUMBER", help="make this mutant only; with --keep")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder for it")
    given = options.parse_args()
    if given.only is not None:
        keep(given.seed, given.only, given.keep or Path(tempfile.mkdtemp()) / "mutant")
        return 0
    return judge_all(work, given)


if __name__ == "__main__":
    sys.exit(main())
