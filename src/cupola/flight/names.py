"""What an object is called: its name, its international designator and its catalogue number, in any spelling.

Assumptions and limits: two objects are told apart by designator and number alone, names only choose among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cupola.formats.element_set import UNKNOWN

SHOWN = 5


def designator(text: str) -> str:
    """An international designator without what its spellings differ in; empty when there is none.

    >>> designator("1998-067-A"), designator("1998-067A"), designator("UNKNOWN")
    ('1998067A', '1998067A', '')
    """
    plain = text.upper().replace("-", "").replace(" ", "")
    return "" if plain == UNKNOWN else plain


def identifier(object_id: str) -> tuple[str, str]:
    """Designator and catalogue number that an ephemeris gives as its object's identifier, either empty.

    >>> identifier("1998-067-A"), identifier("025544")
    (('1998067A', ''), ('', '25544'))
    """
    text = object_id.strip()
    if text.isascii() and text.isdigit():
        return "", text.lstrip("0") or "0"
    return designator(text), ""


def is_called(wanted: str, name: str, object_id: str, number: str = "") -> bool:
    """Whether a word asks for an object: by its name, with or without a part in brackets, designator or number.

    >>> is_called("lab", "LAB (ALPHA)", "2031-001A"), is_called("2031001a", "LAB", "2031-001-A"), is_called("7", "", "")
    (True, True, False)
    """
    word = wanted.strip().casefold()
    plain = name.partition("(")[0].strip()
    if not word or word == UNKNOWN.casefold():
        return False
    spelt = {name.strip().casefold(), plain.casefold(), object_id.strip().casefold()}
    first, second = identifier(wanted)
    own, other = identifier(object_id)
    return word in spelt or bool(first and first == own) or bool(second and second in (other, number))


def listed(objects: Iterable[Sequence[str]]) -> str:
    """Objects in words, each of name, designator and number, what is unknown left out; at most SHOWN of them.

    >>> listed([("LAB", "2031-001A", "99001"), ("UNKNOWN", "UNKNOWN", "7")])
    'LAB (2031-001A, 99001), 7'
    """
    words = []
    for held in dict.fromkeys(tuple(one) for one in objects):
        known = [word for word in held if word and word != UNKNOWN]
        if known:
            words.append(f"{known[0]} ({', '.join(known[1:])})" if known[1:] else known[0])
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more
