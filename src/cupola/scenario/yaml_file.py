"""YAML text to a tree of texts with line numbers. Values stay text: ``fields.csv`` says what they mean.

Only the events of the parser are used. So no object is ever built from the file, an alias cannot multiply, and depth
and size are counted while the file is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from cupola.scenario.cells import Findings, TooManyError, control

MAX_DEPTH = 8
MAX_NODES = 10_000
NODE_CELLS = 8
"""A value in YAML takes as long to read as this many in CSV."""
_GLUED = re.compile(r"\s*[\w-]+:[^\s:]")
"""A key whose value follows the colon without a blank."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass
class Node:
    """A text, a mapping or a sequence. ``pairs`` and ``items`` are None unless the node is one."""

    line: int
    text: str = ""
    pairs: list[tuple[Node, Node]] | None = None
    items: list[Node] | None = None
    key: Node | None = field(default=None, repr=False)
    """For a mapping under construction: the key that waits for its value."""

    def is_text(self) -> bool:
        """Whether the node is a plain value."""
        return self.pairs is None and self.items is None


class _RefusedError(Exception):
    """The text is outside the part of YAML that scenarios use."""

    def __init__(self, line: int, what: str, advice: str) -> None:
        super().__init__(what)
        self.line, self.what, self.advice = line, what, advice


def read_yaml(text: str, shown: str, findings: Findings) -> Node | None:
    """The root mapping of a YAML 1.2 text, or None with a problem noted."""
    try:
        root = _tree(text, shown, findings)
    except _RefusedError as refused:
        findings.add(f"{shown}:{refused.line}", "yaml", refused.what, remedy=refused.advice)
        return None
    except TooManyError:
        raise
    except Exception as error:  # The parser raises many kinds on broken text, and none may reach the user.
        _note_broken(error, text, shown, findings)
        return None
    if root is None or root.pairs is None:
        findings.add(f"{shown}:1", "yaml", "holds no mapping of keys", remedy="Begin with 'id:' and 'title:'.")
        return None
    _refuse_doubles(root, shown, findings)
    return root


def _note_broken(error: Exception, text: str, shown: str, findings: Findings) -> None:
    """Say where the parser gave up, and what most often stands behind it."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = problem or context
    line = mark.line + 1 if mark is not None else text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
    reason = str(getattr(error, "problem", None) or "it cannot be parsed")
    advice = "Mend the line; check quotes and indentation."
    rows = text.split("\n")
    if "\\t" in reason:
        advice = "Indent with blanks, not with a tab."
    elif "could not find expected ':'" in reason and context is not None:
        line, advice = context.line + 1, "Write a colon and a blank after the key."
    elif "mapping values" in reason:
        above = next((at for at in range(min(line, len(rows)) - 1, 0, -1) if rows[at - 1].strip()), 0)
        advice = "Put a text that holds ': ' into quotes, and give keys of one mapping the same indentation."
        if above and _GLUED.match(rows[above - 1]):
            line, advice = above, "Write a blank after the colon."
    elif "found unexpected end of stream" in reason and context is not None:
        line, advice = context.line + 1, "Close the quotes that open here."
    elif "expected <block end>" in reason:
        # A quote that was not closed runs on to the next one, and the parser stumbles over what follows that.
        opened = next((at for at in range(min(line, len(rows)) - 1, 0, -1) if rows[at - 1].count('"') % 2), 0)
        if opened and opened != line:
            line, advice = opened, "Close the quotes that open here."
    elif "expected ',' or" in reason and context is not None:
        advice = f"Close the bracket that opens in line {context.line + 1}, and separate its parts by ', '."
    findings.add(f"{shown}:{line}", "yaml", f"is not YAML ({reason})", remedy=advice)


def _tree(text: str, shown: str, findings: Findings) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
    )

    root: Node | None = None
    open_nodes: list[Node] = []
    count = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _RefusedError(line, "holds more than one document", "Keep one document in a file.")
        elif isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(line, "uses an anchor or alias", "Write the value out.")
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            open_nodes.pop()
        elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            node = _node(event, line)
            count += 1
            findings.count(f"{shown}:{line}", NODE_CELLS)
            if count > MAX_NODES:
                raise _RefusedError(line, f"holds more than {MAX_NODES} values", "Move tables to CSV files.")
            if open_nodes:
                _hang(open_nodes[-1], node)
            else:
                root = node
            if not node.is_text():
                open_nodes.append(node)
                if len(open_nodes) > MAX_DEPTH:
                    raise _RefusedError(line, f"is nested deeper than {MAX_DEPTH} levels", "Flatten it.")
    return root


def _node(event: Any, line: int) -> Node:
    tag = getattr(event, "tag", None)
    if tag is not None and str(tag) not in ("!", "None"):
        raise _RefusedError(line, f"uses the tag {str(tag)[:40]!r}", "Write the value without a tag.")
    if not hasattr(event, "value"):
        mapping = type(event).__name__.startswith("Mapping")
        return Node(line, pairs=[]) if mapping else Node(line, items=[])
    plain = event.style is None
    text = event.value
    sign = control(text)
    if sign:
        raise _RefusedError(line, f"holds a control character, {sign}", "Remove it; a scenario is plain text.")
    return Node(line, "" if plain and text in NULLS else text.strip())


def _hang(parent: Node, node: Node) -> None:
    if parent.items is not None:
        parent.items.append(node)
    elif parent.key is None:
        if not node.is_text():
            raise _RefusedError(node.line, "has a key that is not a word", "Use plain words as keys.")
        parent.key = node
    elif parent.pairs is not None:
        if node.is_text() and not node.text:
            # The parser places a value that is not there at the next word of the file.
            node.line = parent.key.line
        parent.pairs.append((parent.key, node))
        parent.key = None


def _refuse_doubles(root: Node, shown: str, findings: Findings) -> None:
    """Note keys that stand twice in one mapping; the first one stays."""
    stack: list[tuple[str, Node]] = [("", root)]
    while stack:
        prefix, node = stack.pop()
        seen: dict[str, int] = {}
        kept: list[tuple[Node, Node]] = []
        for key, value in node.pairs or []:
            name = f"{prefix}{key.text}"
            if key.text in seen:
                findings.add(
                    f"{shown}:{key.line}",
                    name,
                    f"stands twice, first in line {seen[key.text]}",
                    remedy="Keep one of them.",
                )
                continue
            seen[key.text] = key.line
            kept.append((key, value))
            if value.pairs is not None:
                stack.append((f"{name}.", value))
        if node.pairs is not None:
            node.pairs = kept
