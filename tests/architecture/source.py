"""The source tree, parsed once for all architecture tests."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cupola"
DATA = PACKAGE / "data"


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        """First part below the package: a folder, or a module that lies at the top."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("cupola", *path.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path, ast.parse(text, str(path)), text.count("\n")))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def imports(module: Module, *, known: frozenset[str] | None = None) -> dict[str, int]:
    """Modules of the package that a module imports, lazily or not, with the line of the first import."""
    known = names() if known is None else known
    found: dict[str, int] = {}
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    for node in ast.walk(module.tree):
        targets: list[str] = []
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            # ``from package import name`` may name a module or something inside the package.
            targets = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names]
        for target in targets:
            if target == "cupola" or target.startswith("cupola."):
                found.setdefault(target, node.lineno)
    return found
