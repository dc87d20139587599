"""Cupola models a crewed space-station programme: what happens, when, and what must replace it, if a partner leaves?

The flow has one direction:

    scenario files --read as of a date--> Programme --simulate--> tables --analyse--> answers --save--> Run --> report

    >>> import cupola
    >>> station = cupola.load("my-station", as_of="2022-07-26")        # doctest: +SKIP
    >>> case = station.run()                                           # doctest: +SKIP
    >>> case.answers[0]["sentence"]                                    # doctest: +SKIP
    >>> case.tables["missing"]                                         # doctest: +SKIP

``load`` gives the checked, frozen programme with a ``.run()``; ``run`` reads and simulates it with its baseline,
analyses both, saves them, and gives a Case, which a notebook shows; ``open_run`` reads a saved run; ``compare`` puts
two runs side by side. What they import is imported when they are first asked for, so that ``import cupola`` costs
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cupola.flow import open_run
    from cupola.notebook import Case, Scenario, compare, load, run

__version__ = "0.1.0"
__all__ = ["Case", "Scenario", "__version__", "compare", "load", "open_run", "run"]


def __getattr__(name: str) -> object:
    """Fetch a public name from where it lives, on first use."""
    if name == "__version__" or name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "flow" if name == "open_run" else "notebook"
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
