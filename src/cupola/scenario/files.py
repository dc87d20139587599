"""Reading files that a stranger may have written: plain, small, UTF-8, and inside the scenario's own folder."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cupola.scenario.cells import Findings, control

MAX_BYTES = 5_000_000
"""Of one table."""
MAX_YAML_BYTES = 250_000
"""Of all YAML files of a scenario together: the parser reads them letter by letter."""
MAX_TOTAL_BYTES = 12_000_000
MAX_LINES = 150_000
"""Of all files together."""
MAX_FILES = 64
_YAML = (".yaml", ".yml")
_THIN = "Thin the tables, for example to one row a week."


@dataclass
class Shelf:
    """Reads files and remembers each one's name and SHA-256, and how much was read in all."""

    findings: Findings
    hashes: dict[str, str] = field(default_factory=dict)
    total: int = 0
    yaml: int = 0
    lines: int = 0

    def text(self, path: Path, shown: str) -> str | None:
        """The text of a file, or None with a problem noted. ``shown`` is the name that messages use."""
        data = self._bytes(path, shown)
        if data is None:
            return None
        self.hashes[shown] = hashlib.sha256(data).hexdigest()
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._refuse(f"{shown}:1", "is UTF-16 text, not UTF-8", remedy="Save the file with the encoding UTF-8.")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self._refuse(f"{shown}:{line}", "is not UTF-8 text", remedy="Save the file with the encoding UTF-8.")
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        sign = control(text)
        if sign:
            line = next(number for number, part in enumerate(text.split("\n"), 1) if control(part))
            advice = "Remove it; a scenario is plain text."
            self._refuse(f"{shown}:{line}", "holds a control character", got=sign, remedy=advice)
            return None
        self.lines += text.count("\n")
        if self.lines > MAX_LINES:
            self._refuse(shown, "has too many lines", expected=f"at most {MAX_LINES} in all files", remedy=_THIN)
            return None
        return text

    def _bytes(self, path: Path, shown: str) -> bytes | None:
        try:
            # A link or a pipe is refused by its name before anything is opened, and once more by what was opened.
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                self._refuse(shown, "is a symbolic link", remedy="Put the file itself into the scenario's folder.")
                return None
            if not stat.S_ISREG(mode):
                self._refuse(shown, "is not a file", remedy="Put a plain text file there.")
                return None
            return self._read(path, shown)
        except FileNotFoundError:
            self._refuse(shown, "is missing", remedy="Write it, or mend the name.")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the name is not a file name"
            self._refuse(shown, f"cannot be read ({reason})", remedy="See to it that you may read it.")
        return None

    def _read(self, path: Path, shown: str) -> bytes | None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                self._refuse(shown, "is not a file", remedy="Put a plain text file there.")
                return None
            written = path.suffix in _YAML
            most = min(MAX_TOTAL_BYTES - self.total, MAX_YAML_BYTES - self.yaml if written else MAX_BYTES)
            data = b"" if state.st_size > most else file.read(most + 1)
        if state.st_size > most or len(data) > most:
            cap = f"{MAX_YAML_BYTES} in all YAML files" if written else f"{MAX_BYTES}, and {MAX_TOTAL_BYTES} in all"
            self._refuse(shown, "is too large", f"{max(state.st_size, len(data))} bytes", f"at most {cap}", _THIN)
            return None
        self.total += len(data)
        self.yaml += len(data) if written else 0
        return data

    def _refuse(self, where: str, what: str, got: str = "", expected: str = "", remedy: str = "") -> None:
        self.findings.add(where, "file", what, got, expected, remedy)
