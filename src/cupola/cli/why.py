"""``cupola why``: the tree of causes of an event or an answer of a saved run."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, day
from cupola.cli.output import plain, print_json, print_text, width

if TYPE_CHECKING:
    import datetime as dt

    from cupola.analysis.why import Node, Why
    from cupola.flow import Tables

RunFolder = Annotated[str, typer.Argument(metavar="RUN", help="Folder of a saved run.", show_default=False)]
Event = Annotated[
    str,
    typer.Argument(
        metavar="EVENT",
        help="Key of an event, kind/subject, or the beginning of one, e.g. function-lost/reboost; or the id of an "
        "answer, e.g. headline.",
        show_default=False,
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The latest such event up to this day; the first when missing."),
]
Future = Annotated[
    int | None, typer.Option("--future", metavar="N", help="Which future; rules kept, then waived, when missing.")
]


def why(run: RunFolder, event: Event, on: On = None, future: Future = None, as_json: AsJson = False) -> None:
    """Show why something happened.

    The causes of an event, or of an answer, as a tree with dates and sources, down to the statements, rules, agreements
    and facts that they rest on.
    """
    from cupola.analysis.why import why_answer, why_event
    from cupola.flow import open_run

    until = day(on, "--on", end=True)
    saved = open_run(run)
    tables = saved.load()
    found = why_answer(tables, event)
    if found is not None and (future is not None or until is not None):
        option = "--future" if future is not None else "--on"
        raise typer.BadParameter(
            f"chooses among the occurrences of an event, and {event} is an answer of the whole run: leave it out",
            param_hint=option,
        )
    found = found or why_event(tables, saved.details, event, future=future, on=until)
    if found is None:
        raise ScenarioError(saved.details.scenario, [_unknown(event, tables, future, until)])
    if as_json:
        head = {"scenario": saved.details.scenario, "as_of": saved.details.as_of, "run": saved.path, "event": event}
        told = {"future": found.label, "sentence": found.sentence, "days": found.days}
        print_json({**head, **told, "because": [node.as_row() for node in found.roots]})
        return
    _print(found, f"{saved.details.scenario} as of {saved.details.as_of}")


def _unknown(event: str, tables: Tables, future: int | None, until: dt.date | None) -> Problem:
    from cupola.analysis.why import first_day, futures_with, keys_of
    from cupola.scenario.cells import remedy

    futures = futures_with(tables, event, until)
    if futures:
        when = "by that day " if until is not None else ""
        others = ", ".join(str(number) for number in futures[:5]) + (", ..." if len(futures) > 5 else "")
        what = f"does not happen {when}in {'that future' if future is not None else 'the nominal futures'}"
        return Problem("EVENT", "event", what, event[:80], f"future {others}", f"Ask with --future {futures[0]}.")
    first = first_day(tables, event, future)
    if first is not None:
        what, advice = "does not happen by that day", f"Give --on {first} or later, or leave --on out."
        return Problem("EVENT", "event", what, event[:80], f"{first} or later", advice)
    what = "is neither an answer nor an event of this run"
    if future is not None or until is not None:
        what = "is no event of that future by that day" if until is not None else "is no event of that future"
    return Problem("EVENT", "event", what, event[:80] or "nothing", "", remedy(event, keys_of(tables, event)))


def _print(found: Why, title: str) -> None:
    print_text(f"{title}{f', {found.label}' if found.label else ''}")
    if found.sentence:
        print_text("\n" + "\n".join(textwrap.wrap(plain(found.sentence), width())))
    if len(found.days) > 1:
        more = ", ".join(str(date) for date in found.days[:5])
        print_text(f"occurs on {len(found.days)} days: {more}{', ...' if len(found.days) > 5 else ''} (--on DATE)")
    print_text("")
    for root in found.roots:
        _print_node(root, "", "")


def _print_node(node: Node, lead: str, below: str) -> None:
    """A cause, its source on a line of its own, then what led to it.

    lead     what stands before its first line
    below    what stands before the lines under it
    """
    date = f"{node.date}  " if node.date else ""
    end = " (see above)" if node.again else f"  [{node.key}]"
    trail = "│  " if node.because else "   "
    _print_wrapped(f"{date}{plain(node.text)}{end}", lead, below + trail)
    if node.source and not node.again:
        _print_wrapped(f"source: {plain(node.source)}", below + trail, below + trail)
    for place, cause in enumerate(node.because):
        last = place == len(node.because) - 1
        _print_node(cause, f"{below}{'└─ ' if last else '├─ '}", f"{below}{'   ' if last else '│  '}")


def _print_wrapped(text: str, first: str, later: str) -> None:
    room = max(30, width() - len(later))
    lines = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    print_text("\n".join((first if place == 0 else later) + line for place, line in enumerate(lines)))
