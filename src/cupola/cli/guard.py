"""How errors leave the program: all problems in words, an exit code, never a traceback for bad input."""

from __future__ import annotations

import dataclasses
import functools
import os
import traceback
from collections.abc import Callable
from typing import Any

import typer

from cupola.base.errors import CupolaError, DomainError, InvariantError, RunError, ScenarioError
from cupola.cli.output import log, print_json

FAILED = 1
INVALID = 3
INTERRUPTED = 130


def guard(verb: Callable[..., None]) -> Callable[..., None]:
    """Wrap a verb so that each error becomes its message on stderr and its exit code.

    With ``--json`` the problems are also printed on stdout as one document with the keys ``error`` and ``problems``.
    """

    @functools.wraps(verb)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            verb(*args, **kwargs)
        except KeyboardInterrupt:
            log("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
            raise
        except Exception as error:
            raise typer.Exit(_explain(error, bool(kwargs.get("as_json")))) from None

    return guarded


def _explain(error: Exception, as_json: bool) -> int:
    """Print an error and give its exit code."""
    code = INVALID if isinstance(error, ScenarioError | DomainError | RunError) else FAILED
    expected = isinstance(error, CupolaError | OSError)
    message = str(error) if expected else f"{type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.filename is not None:
        message = f"{error.filename}: {error.strerror}."
    if isinstance(error, InvariantError) or not expected:
        message += "\nThis is a mistake in Cupola, not in the input. CUPOLA_DEBUG=1 shows where it happened."
    for line in message.split("\n"):
        log(line)
    if os.environ.get("CUPOLA_DEBUG"):
        for line in traceback.format_exception(error):
            log(line.rstrip("\n"))
    if as_json:
        problems = error.problems if isinstance(error, ScenarioError) else ()
        listed = [dataclasses.asdict(problem) for problem in problems]
        print_json({"error": message.split("\n")[-1 if problems else 0], "problems": listed})
    return code
