"""A module imports from its own room and from lower floors only, lazily or not, and nothing runs in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

from source import Module, imports, modules

FLOORS = {
    "base": 0,
    "formats": 1,
    "physics": 1,
    "programme": 1,
    "scenario": 2,
    "results": 2,
    "flight": 2,
    "simulation": 3,
    "analysis": 4,
    "futures": 5,
    "planning": 5,
    "flow": 5,
    "report": 6,
    "notebook": 7,
    "web": 7,
    "cli": 8,
    "__init__": 9,
    "__main__": 9,
}
# The nouns are read by the rooms beside them: a reader of a format hands out a noun, and formulae never see one.
BESIDE = {("formats", "programme")}
# The front door: the package itself is the map of what lies inside, and only its version is asked for from within.
FRONT = "cupola"


def breaches(found: tuple[Module, ...]) -> list[str]:
    wrong = []
    for module in found:
        if module.room not in FLOORS:
            wrong.append(f"{module.name}: the room {module.room!r} is on no floor")
            continue
        for target, line in imports(module, known=frozenset(other.name for other in found)).items():
            room = target.split(".")[1] if "." in target else "__init__"
            if room == module.room or target == FRONT or (module.room, room) in BESIDE:
                continue
            if FLOORS.get(room, 99) >= FLOORS[module.room]:
                wrong.append(f"{module.path.name}:{line}: {module.name} imports {target}")
    return wrong


def circles(found: tuple[Module, ...]) -> list[str]:
    known = frozenset(module.name for module in found)
    graph = {module.name: [t for t in imports(module, known=known) if t in known] for module in found}
    # The package itself is left out: it hands out names lazily, and importing any module imports it first.
    graph.pop(FRONT, None)
    wrong: list[str] = []
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            wrong.append(" -> ".join([*trail[trail.index(name) :], name]))
            return
        if name in done:
            return
        for target in graph.get(name, ()):
            visit(target, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())
    return wrong


def a_module(name: str, text: str) -> Module:
    return Module(name, Path(f"{name.rpartition('.')[2]}.py"), ast.parse(text), text.count("\n"))


def test_no_module_imports_from_above_or_beside() -> None:
    assert not breaches(modules())


def test_no_imports_run_in_a_circle() -> None:
    assert not circles(modules())


def test_a_lazy_import_from_above_is_seen() -> None:
    low = a_module("cupola.physics.orbit", "def f():\n    from cupola.simulation import clock\n")
    assert breaches((low, a_module("cupola.simulation.clock", ""))) == [
        "orbit.py:2: cupola.physics.orbit imports cupola.simulation.clock"
    ]


def test_a_lazy_circle_is_seen() -> None:
    one = a_module("cupola.analysis.one", "from cupola.analysis import two\n")
    two = a_module("cupola.analysis.two", "def f():\n    import cupola.analysis.one\n")
    assert circles((one, two)) == ["cupola.analysis.one -> cupola.analysis.two -> cupola.analysis.one"]


def test_processes_do_not_know_each_other() -> None:
    room = "cupola.simulation.processes."
    wrong = [
        f"{module.name} imports {target}"
        for module in modules()
        if module.name.startswith(room)
        for target in imports(module)
        if target.startswith(room) and target != module.name
    ]
    assert not wrong
