"""Reads scenarios or run folders in children of its own, one each, and says what became of each and what it took.

As a program it takes the paths, one a line, on its standard input, and gives one line of JSON a path. The children are
forked from a process that has imported the readers only, so that their memory is the readers' own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401 - imported before the fork, as its time and memory are not a file's doing

from cupola.base.errors import RunError, ScenarioError
from cupola.results import open_run
from cupola.scenario import load

HANGS_AFTER_S = 60


def measured(kind: str, paths: Mapping[str, Path], root: Path) -> dict[str, dict[str, Any]]:
    """What became of each path; ``kind`` is ``scenario`` or ``run``, ``root`` the working folder."""
    done = subprocess.run(
        [sys.executable, __file__, kind],
        input="".join(f"{json.dumps(str(path))}\n" for path in paths.values()),
        capture_output=True,
        text=True,
        timeout=900,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return dict(zip(paths, map(json.loads, done.stdout.splitlines()), strict=True))


def main() -> None:
    """Measure every path."""
    # What every reading needs is loaded once, before the first fork.
    quietly("scenario", os.devnull)
    for line in sys.stdin:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            signal.alarm(HANGS_AFTER_S)
            with os.fdopen(write, "w") as out:
                out.write(json.dumps(quietly(sys.argv[1], json.loads(line))))
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as result:
            said = result.read()
        _, status = os.waitpid(child, 0)
        print(said if said and status == 0 else json.dumps({"what": f"died of {status}", "rss_kb": 0}), flush=True)


def quietly(kind: str, path: str) -> dict[str, object]:
    """What became of a path."""
    begin = time.process_time()
    found: dict[str, object] = {"what": "read", "said": ""}
    try:
        if kind == "run":
            open_run(path).load()
        else:
            load(path, as_of=dt.date(2022, 7, 26))
    except ScenarioError as error:
        found = {"what": "refused", "said": str(error), "count": len(error.problems)}
    except RunError as error:
        found = {"what": "refused", "said": str(error)}
    except BaseException as error:
        found = {"what": f"{type(error).__name__}: {error}"[:300], "said": ""}
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {**found, "cpu_s": time.process_time() - begin, "rss_kb": used}


if __name__ == "__main__":
    main()
