"""The stream of XML: order of what is told, and the limits that no message comes near."""

from __future__ import annotations

import pytest

from cupola.base.errors import FormatError
from cupola.formats.findings import Findings
from cupola.formats.xml_stream import MAX_DEPTH, stream_xml


class Listener:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.heard.append(f"{line} <{tag} {attributes}>")

    def leaf(self, tag: str, text: str, attributes: dict[str, str], line: int) -> None:
        self.heard.append(f"{line} {tag}={text!r}")

    def close(self, tag: str, line: int) -> None:
        self.heard.append(f"{line} </{tag}>")


def test_openings_leaves_and_closings() -> None:
    listener, findings = Listener(), Findings("f")
    stream_xml('<a x="1">\n<b> 1 &lt; 2 </b>\n<COMMENT> c </COMMENT><d/>\n</a>', listener, findings)
    assert listener.heard == ["1 <a {'x': '1'}>", "2 b='1 < 2'", "3 COMMENT=' c '", "3 d=''", "4 </a>"]
    assert not findings.problems


def test_text_beside_elements_is_noted() -> None:
    findings = Findings("f")
    stream_xml("<a>one<b/>two</a>", Listener(), findings)
    assert [problem.got for problem in findings.problems] == ["one", "two"]


@pytest.mark.parametrize("deep", [MAX_DEPTH + 1, 50_000])
def test_depth_has_an_end(deep: int) -> None:
    with pytest.raises(FormatError, match=f"nests too deeply: got {MAX_DEPTH + 1} levels"):
        stream_xml("<a>" * deep, Listener(), Findings("f"))
