"""The command line: one file per verb. Results go to stdout, the log to stderr.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid input, 4 infeasible, 5 limit reached (what was done is kept),
130 interrupted.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the program with the arguments of the process."""
    try:
        from cupola.cli.app import app

        try:
            app()
        finally:
            # What is still in the buffer meets a closed pipe here, where that is handled, and not at exit.
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
