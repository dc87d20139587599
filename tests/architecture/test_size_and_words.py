"""Files and functions stay small enough to read, and each module says what it knows."""

from __future__ import annotations

import ast
import re

from source import PACKAGE, ROOT, modules

LONGEST_FILE = 350
LONGEST_FUNCTION = 60
# Words of a workshop rather than of a product, and paths of one machine.
WORKSHOP = re.compile(r"(?<![\w/.])/(?:work|tmp|root|home)/|\b(?:TODO|FIXME|XXX|HACK)\b")


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A docstring with its table of arguments makes a function longer, not harder."""
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1 if ast.get_docstring(node) is not None else 0


def test_files_are_short() -> None:
    assert not [f"{m.path.name}: {m.lines} lines" for m in modules() if m.lines > LONGEST_FILE]


def test_functions_are_short() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
                if length > LONGEST_FUNCTION:
                    wrong.append(f"{module.path.name}:{node.lineno}: {node.name}: {length} lines")
    assert not wrong


def test_each_module_says_what_it_knows() -> None:
    assert not [m.name for m in modules() if not (ast.get_docstring(m.tree) or "").strip()]


def test_public_functions_and_classes_have_docstrings() -> None:
    wrong = [
        f"{module.path.name}:{node.lineno}: {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert not wrong


def test_no_workshop_words_or_machine_paths() -> None:
    wrong = []
    for folder, kinds in ((PACKAGE, ("*.py", "*.html", "*.csv", "*.yaml")), (ROOT / "tools", ("*.py",))):
        for kind in kinds:
            for path in sorted(folder.rglob(kind)):
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                    if WORKSHOP.search(line):
                        wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not wrong
