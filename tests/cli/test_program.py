"""The program as a whole: help, usage errors, and what every verb offers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cupola import __version__
from cupola.cli.app import VERBS

NAMES = [verb.__name__ for verb in VERBS]
READS_A_SCENARIO = ["check", "show", "run", "leave", "compare", "depend", "statements", "obligations", "explain"]


def test_help_names_every_verb(call) -> None:
    done = call("--help")
    assert done.exit_code == 0
    assert all(f"  {name} " in done.stdout for name in NAMES)


def test_the_version_is_that_of_the_package(call) -> None:
    assert call("--version").stdout == f"cupola {__version__}\n"


@pytest.mark.parametrize("name", NAMES)
def test_every_verb_has_json(call, name: str) -> None:
    done = call(name, "--help")
    assert done.exit_code == 0
    assert "--json" in done.stdout


@pytest.mark.parametrize("name", READS_A_SCENARIO)
def test_every_verb_that_reads_a_scenario_takes_overlays(call, name: str) -> None:
    page = call(name, "--help").stdout
    assert all(option in page for option in ("--as-of", "--set", "--waive"))


@pytest.mark.parametrize(
    "words",
    [("soar",), ("run",), ("run", "a", "--speed", "2"), ("leave", "a", "b"), ("show", "a", "b"), ("report", "--out")],
)
def test_wrong_usage_exits_with_2_and_prints_nothing_on_stdout(call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error:" in done.stderr


def test_an_unknown_mode_is_wrong_usage(call) -> None:
    done = call("leave", "a", "b", "--after", "2024-12-31", "--mode", "explodes")
    assert done.exit_code == 2
    assert "services-stop" in done.stderr


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "cupola", "--version"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cupola {__version__}\n", "")


def test_a_reader_that_stops_early_leaves_no_complaint() -> None:
    closed = "import os, sys; reader, writer = os.pipe(); os.close(reader); os.dup2(writer, 1)"
    called = "sys.argv[1:] = ['scenarios']; from cupola.cli import main; main()"
    words = [sys.executable, "-c", f"{closed}; {called}"]
    # Unbuffered output would meet the closed pipe earlier than output usually does.
    buffered = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(words, stderr=subprocess.PIPE, text=True, timeout=60, env=buffered)
    assert (done.returncode, done.stderr) == (1, "")
