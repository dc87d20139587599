"""Mutates ephemerides and element sets and reads them: each must be read or refused as a FormatError.

    python tools/fuzz_files.py --count 1000000 --jobs 2 --seed 1

Seeds are the small files of tests/formats/data. Some mutants change words, numbers, lines and elements with an eye for
the form, some bytes; checksums of TLEs are mended in half of theirs, so that what lies behind them is reached; a few
are bombs. What is read must hold finite numbers only, and, written and read again, be the same. A mutant is a number
and a seed: ``--only NUMBER`` prints it and what became of it. The exit code is 1 when one does anything else.

**Assumptions and limits.** Each reading may take one second of the processor's time and 200 MB of address space more
than the process had before; the operating system keeps both limits, the latter on Linux only.
"""

from __future__ import annotations

import dataclasses
import gc
import gzip
import math
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cupola.base.errors import FormatError
from cupola.formats.element_rows import read_element_rows
from cupola.formats.elements import read_elements, write_omm, write_tle
from cupola.formats.oem import read_oem, write_oem
from cupola.formats.oem_notes import notes_of
from cupola.formats.tle_fields import checksum
from fuzzing import Judged, judge_all, parser

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "tests" / "formats" / "data"
LIMIT_S = 1.0
LIMIT_BYTES = 200_000_000
CHECKED_SHARE = 0.2
"""Share of the mutants that are written and read again."""
BOMB_SHARE = 0.0005
WORDS = (
    b"nan NaN inf -inf Infinity 1e999 -1e999 1e-999 -0.0 0 -1 1e308 99999999999999999999999999 0x10 1_000 1,5 "
    b"\xd9\xa3 \xc2\xbd \xe2\x88\x9e null true false NULL 2022-02-30T00:00:00 2016-12-31T23:59:60 "
    b"1971-12-31T00:00:00 9999-12-31T00:00:00 2030-01-01T00:00:00 2022-366T00:00:00 2022-000T12:00:00.000Z UTC "
    b"TAI TT GPS TDB UT1 EME2000 GCRF TEME ITRF J2000 MARS EARTH RTN [km] [furlong] km m/s <X> </X> <!--x--> "
    b"<![CDATA[x]]> &amp; &x; &#0; &#x41; <?x?> =1+1 {{7*7}} %s ../.. { } [ ] , : \" ' = META_START META_STOP "
    b"COVARIANCE_START COVARIANCE_STOP COMMENT EPOCH MASS=0 MASS=-1 MASS=nan MASS=1e9 DRAG_COEFF=x Z9999 I0000 "
    b"O0000 T0123 00000-0 99999+9 -00000-0 .99999999 999.9999 0.0 1.0 2.5 6378.1 -6378.1 100000"
).split()
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

Read = Callable[[bytes], Any]
Change = Callable[[bytes, random.Random], bytes]


def _place(data: bytes, chance: random.Random, signs: bytes) -> tuple[int, int]:
    """Bounds of a word: a run of bytes that holds none of some signs."""
    at = chance.randrange(len(data) or 1)
    first, last = at, at
    while first > 0 and data[first - 1] not in signs:
        first -= 1
    while last < len(data) and data[last] not in signs:
        last += 1
    return first, last


def _word(data: bytes, chance: random.Random) -> bytes:
    first, last = _place(data, chance, b' \n=<>",:[]')
    return data[:first] + chance.choice(WORDS) + data[last:]


def _other_word(data: bytes, chance: random.Random) -> bytes:
    first, last = _place(data, chance, b' \n=<>",:')
    start, stop = _place(data, chance, b' \n=<>",:')
    return data[:first] + data[start:stop] + data[last:]


def _digit(data: bytes, chance: random.Random) -> bytes:
    """One digit becomes another, which leaves most files readable."""
    for _ in range(20):
        at = chance.randrange(len(data) or 1)
        if data[at : at + 1].isdigit():
            return data[:at] + b"%d" % chance.randrange(10) + data[at + 1 :]
    return data


def _line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, kind = chance.randrange(len(lines)), chance.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(chance.randrange(len(lines)), lines[at])
    elif kind == 2:
        lines.insert(0, lines.pop(at))
    elif kind == 3:
        lines[at] = chance.choice(WORDS)
    else:
        lines[at] = lines[at] * chance.choice((2, 20))
    return b"\n".join(lines)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + bytes([(data[at : at + 1] or b"\0")[0] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _symbol(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(b",;:\"'\n\r\t #-+.[]{}<>&=/\\\0\x85\xe2").to_bytes(1, "big") + data[at:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 2, 8, 64))) + data[at:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    return data[:first] + data[first + chance.choice((1, 3, 20, 200, 100_000)) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    return data[:first] + data[first : first + chance.choice((1, 10, 100))] * chance.choice((2, 5, 50)) + data[first:]


def _doctype(data: bytes, chance: random.Random) -> bytes:
    at = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:at] + DOCTYPE + data[at:].replace(b"LAB", b"&b;")


CHANGES: tuple[Change, ...] = (
    *(_word, _word, _word, _other_word, _digit, _digit, _digit, _line, _line, _flip, _symbol, _symbol, _insert, _cut),
    *(_repeat, _doctype),
)


@cache
def bombs() -> list[bytes]:
    """Files that are small and become large, or deep, or long."""
    zipped = [gzip.compress(piece * (34_000_000 // len(piece)), 9, mtime=0) for piece in (b"\0", b"<a>", b"\n")]
    head = b"<ndm><oem id='CCSDS_OEM_VERS' version='2.0'><header>"
    attributes = b"".join(b" a%d='%d'" % (at, at) for at in range(20_000))
    return [
        *zipped,
        gzip.compress(head + b"<COMMENT/>" * 2_500_000, 9, mtime=0),
        gzip.compress(b"CCSDS_OEM_VERS = 2.0\n" + b"COMMENT x\n" * 900_000, 9, mtime=0),
        gzip.compress(b"[" + b"{}," * 5_000_000, 9, mtime=0),
        gzip.compress(gzip.compress(b"\0" * 1_000_000), mtime=0),
        b"<a>" * 100_000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"<oem" + attributes + b"/>",
        b'["' + b"\\u0041" * 100_000,
        b"\n" * 1_100_000 + b"1 ",
        b"x" * 2_000_000,
        b"CCSDS_OEM_VERS = " + b"9" * 1_000_000,
        b"OBJECT_NAME,EPOCH\n" + b'"' * 1_000_000,
        "é".encode() * 1_500_000,
    ]


def _mend(data: bytes) -> bytes:
    """Right checksums for lines of 69 characters."""
    lines = data.split(b"\n")
    for at, line in enumerate(lines):
        if len(line) == 69 and line[:2] in (b"1 ", b"2 ") and line.isascii():
            lines[at] = line[:68] + b"%d" % checksum(line.decode())
    return b"\n".join(lines)


class Bench:
    """The seeds, and the mutants made of them."""

    def __init__(self) -> None:
        self.seeds = [
            (path.name, path.read_bytes()) for path in sorted(SEEDS.iterdir()) if path.suffix not in (".md", "")
        ]

    def mutant(self, seed: int, number: int) -> tuple[str, bytes, bool]:
        """The kind of reader, the bytes, and whether what is read is written and read again."""
        chance = random.Random(seed * 1_000_003 + number)
        name, data = self.seeds[chance.randrange(len(self.seeds))]
        kind = "oem" if "oem" in name or name.startswith("release") else "rows" if "rows" in name else "elements"
        if chance.random() < BOMB_SHARE:
            return chance.choice(("oem", "elements", "rows")), chance.choice(bombs()), False
        inside = name.endswith(".gz") and chance.random() < 0.7
        if inside:
            data = gzip.decompress(data)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            data = chance.choice(CHANGES)(data, chance)
        if kind == "elements" and chance.random() < 0.5:
            data = _mend(data)
        if inside:
            data = gzip.compress(data, 1, mtime=0)
        if chance.random() < 0.02:
            kind = chance.choice(("oem", "elements", "rows"))
        return kind, data, chance.random() < CHECKED_SHARE


def _numbers(held: Any) -> Iterator[float]:
    """Every float in a record."""
    if isinstance(held, float):
        yield held
    elif isinstance(held, np.ndarray):
        yield 0.0 if held.dtype.kind != "f" or np.isfinite(held).all() else math.nan
    elif isinstance(held, tuple):
        for part in held:
            yield from _numbers(part)
    elif dataclasses.is_dataclass(held):
        for field in dataclasses.fields(held):
            yield from _numbers(getattr(held, field.name))


def _again(kind: str, made: Any) -> str:
    """What is wrong with a record that is written and read again; empty when nothing is."""
    if kind == "oem":
        for segment in made.segments:
            list(_numbers(notes_of(segment)))
        if any(read_oem(write_oem(made, notation).encode()) != made for notation in ("kvn", "xml")):
            return "an OEM changed on its way through a file"
    elif kind == "elements":
        if any(read_elements(write_omm(made, notation).encode()) != made for notation in ("kvn", "xml")):
            return "an element set changed on its way through an OMM"
        if all(elements.tle_spelling for elements in made) and read_elements(write_tle(made).encode()) != made:
            return "an element set changed on its way through a TLE"
    return ""


READERS: dict[str, Read] = {"oem": read_oem, "elements": read_elements, "rows": read_element_rows}


def judge(kind: str, data: bytes, again: bool, read: Read | None = None) -> tuple[str, str]:
    """What became of a mutant: ``read``, ``refused``, or ``failed`` with the reason."""
    try:
        made = (read or READERS[kind])(data)
        if not all(map(math.isfinite, _numbers(made))):
            return "failed", "a number that is not finite was read"
    except FormatError as error:
        told = bool(error.problems) and all(
            problem.where.split(":")[-1].isdigit() and problem.what for problem in error.problems
        )
        return ("refused", "") if told else ("failed", f"a refusal without a line or a reason: {error}")
    except Exception:
        return "failed", traceback.format_exc()
    try:
        wrong = _again(kind, made) if again else ""
    except Exception:
        wrong = traceback.format_exc()
    return ("failed", wrong) if wrong else ("read", "")


def _late(signum: int, frame: object) -> None:
    raise TimeoutError(f"took longer than {LIMIT_S} s of the processor's time")


def _fence() -> None:
    """No more than LIMIT_BYTES of address space beyond what the process has now, its garbage not counted."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    if pages:
        most = pages * resource.getpagesize() + LIMIT_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def work(seed: int, numbers: range, read: Read | None = None) -> Judged:
    """Judge some mutants."""
    done, bench = Judged(), Bench()
    before = resource.getrlimit(resource.RLIMIT_AS)
    old = signal.signal(signal.SIGPROF, _late)
    _fence()
    begin = time.process_time()
    try:
        for number in numbers:
            kind, data, again = bench.mutant(seed, number)
            start = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
            outcome, reason = judge(kind, data, again, read)
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            done.note(outcome, reason, f"mutant {number} of seed {seed}", start)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, old)
        resource.setrlimit(resource.RLIMIT_AS, before)
    done.spent = time.process_time() - begin
    return done


def main() -> int:
    """Judge all mutants, or print one and what becomes of it."""
    options = parser(__doc__ or "", 100_000)
    options.add_argument("--only", type=int, metavar="NUMBER", help="print this mutant and what becomes of it")
    given = options.parse_args()
    if given.only is not None:
        kind, data, _ = Bench().mutant(given.seed, given.only)
        sys.stdout.buffer.write(data + b"\n")
        print(kind, *judge(kind, data, True))
        return 0
    return judge_all(work, given)


if __name__ == "__main__":
    sys.exit(main())
