"""The simulation uses no operation whose bits depend on how many futures it runs.

Sums across rows go through one ordered fold; reductions along an axis, matrix products and scalar mathematics would
give another last digit at another width.
"""

from __future__ import annotations

import ast

from source import modules

REDUCTIONS = {"sum", "mean", "prod", "std", "var", "cumsum", "dot", "matmul", "einsum", "tensordot", "inner", "vdot"}
SCALAR_MODULES = {"math", "cmath", "statistics"}
ROOM = "cupola.simulation"
# Set-up and the tables that are written at the end do not run per day and per future; they work on one row of
# numbers at a time, whose order is that of the scenario's file.
ONCE = {
    f"{ROOM}.{name}" for name in ("model", "queue", "setup", "record", "output", "parts", "lanes", "draws", "sample")
}


def uses(tree: ast.Module) -> list[str]:
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            wrong.append(f"{node.lineno}: the operator @")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REDUCTIONS:
            wrong.append(f"{node.lineno}: {ast.unparse(node.func)}")
        if isinstance(node, ast.Import) and any(alias.name in SCALAR_MODULES for alias in node.names):
            wrong.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.ImportFrom) and node.module in SCALAR_MODULES:
            wrong.append(f"{node.lineno}: {ast.unparse(node)}")
    return wrong


def test_no_operation_depends_on_the_width() -> None:
    wrong = [
        f"{module.path.name}:{use}"
        for module in modules()
        if module.name.startswith(ROOM) and module.name not in ONCE
        for use in uses(module.tree)
    ]
    assert not wrong


def test_forbidden_operations_are_seen() -> None:
    text = "import math\nx = levels.sum(axis=0)\ny = np.einsum('i,i', a, b)\nz = a @ b\na @= b\n"
    assert len(uses(ast.parse(text))) == 5
    assert not uses(ast.parse("np.add(a, b, out=c)\n"))
