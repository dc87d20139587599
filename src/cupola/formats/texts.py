"""Texts that go into a file: checked, so that they are read back as they were."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from cupola.base.errors import DomainError

_PLAIN = re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]*")
LONGEST = 200
LONGEST_COMMENT = 240


def is_plain(text: str) -> bool:
    """Whether a text is one line without control characters.

    >>> is_plain("LAB 1"), is_plain("LAB\\t1")
    (True, False)
    """
    return _PLAIN.fullmatch(text) is not None


def value(text: str, what: str) -> str:
    """A keyword's value. Raises DomainError when it is empty, too long, or would not be read back as it is."""
    if not text or text != text.strip() or len(text) > LONGEST or _PLAIN.fullmatch(text) is None:
        raise DomainError(f"{what} {text[:40]!r} cannot be written: one line of 1 to {LONGEST} characters is needed")
    return text


def comment(text: str) -> str:
    """A comment of one line. Raises DomainError when it would not be read back as it is."""
    if text != text.rstrip() or len(text) > LONGEST_COMMENT or _PLAIN.fullmatch(text) is None:
        raise DomainError(
            f"the comment {text[:40]!r} cannot be written: one line of at most {LONGEST_COMMENT} characters"
        )
    return text


def element(tag: str, text: str, unit: str | None = None) -> str:
    """One XML element with a text.

    >>> element("X", "1 < 2", "km")
    '<X units="km">1 &lt; 2</X>'
    """
    units = f" units={quoteattr(unit)}" if unit else ""
    return f"<{tag}{units}>{escape(text)}</{tag}>"


def remark(text: str) -> str:
    """A comment as an XML element; one without words holds a blank, since some readers fall over an empty element.

    >>> remark("")
    '<COMMENT> </COMMENT>'
    """
    return element("COMMENT", comment(text) or " ")
