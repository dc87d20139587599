"""Reading files that a stranger may have written: plain, small, UTF-8, and inside the scenario's own folder."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cupola.scenario.cells import Findings, has_control

MAX_BYTES = 5_000_000
MAX_FILES = 64


@dataclass
class Shelf:
    """Reads files and remembers each one's name and SHA-256."""

    findings: Findings
    hashes: dict[str, str] = field(default_factory=dict)

    def text(self, path: Path, shown: str) -> str | None:
        """The text of a file, or None with a problem noted. ``shown`` is the name that messages use."""
        data = self._bytes(path, shown)
        if data is None:
            return None
        self.hashes[shown] = hashlib.sha256(data).hexdigest()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.findings.add(
                f"{shown}:{line}", "file", "is not UTF-8 text", remedy="Save the file with the encoding UTF-8."
            )
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if has_control(text):
            line = next(number for number, part in enumerate(text.split("\n"), 1) if has_control(part))
            self.findings.add(
                f"{shown}:{line}", "file", "holds a control character", remedy="Remove it; a scenario is plain text."
            )
            return None
        return text

    def _bytes(self, path: Path, shown: str) -> bytes | None:
        add = self.findings.add
        try:
            state = path.lstat()
            if stat.S_ISLNK(state.st_mode):
                add(shown, "file", "is a symbolic link", remedy="Put the file itself into the scenario's folder.")
                return None
            if not stat.S_ISREG(state.st_mode):
                add(shown, "file", "is not a file", remedy="Put a plain text file there.")
                return None
            if state.st_size > MAX_BYTES:
                got, most = f"{state.st_size} bytes", f"at most {MAX_BYTES} bytes"
                add(shown, "file", "is too large", got, most, "Thin the table, for example to one row a week.")
                return None
            with path.open("rb") as file:
                return file.read(MAX_BYTES)
        except FileNotFoundError:
            add(shown, "file", "is missing", remedy="Write it, or mend the name.")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the name is not a file name"
            add(shown, "file", f"cannot be read ({reason})", remedy="See to it that you may read it.")
        return None
