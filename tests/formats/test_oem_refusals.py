"""Wrong ephemerides: one clear sentence each, with its line, and all of them in one pass."""

from __future__ import annotations

import pytest

from cupola.base.errors import FormatError
from cupola.formats.oem import read_oem
from cupola.formats.orbit_files import read_orbit_file
from support.orbit_files import changed, line_of, refusal, text

STATE = "2021-09-22T12:04:00.000 -2200.19249646786 3664.47610439697 -5296.29754155073"
X = "-682.666456242589 4624.81817028874"

KVN = [
    # What stands in small.oem, what it is changed to, the line (of the new text) and the words of the message.
    ("TIME_SYSTEM = UTC", "TIME_SYSTEM = UT1", "TIME_SYSTEM: is not known here: got UT1; expected UTC, TAI, TT, GPS"),
    ("REF_FRAME = EME2000", "REF_FRAME = J2000", "REF_FRAME: is not known here: got J2000"),
    ("CENTER_NAME = EARTH", "CENTER_NAME = MARS", "CENTER_NAME: is not known here: got MARS; expected EARTH"),
    ("CCSDS_OEM_VERS = 2.0", "CCSDS_OEM_VERS = 7.0", "is not a version known here: got 7.0"),
    ("OBJECT_NAME = LAB", "OBJECT_NAME = ", "OBJECT_NAME: has no value"),
    ("OBJECT_NAME = LAB", "OBJECT_NAMES = LAB", "OBJECT_NAMES: is no keyword of this place"),
    ("OBJECT_ID = 2031-001A", "OBJECT_NAME = LAB", "OBJECT_NAME: stands twice"),
    ("ORIGINATOR = CUPOLA", "FROM = CUPOLA", "FROM: is no keyword of this place"),
    ("STOP_TIME = 2021-09-22T12:12:00.000\nI", "STOP_TIME = 2021-09-22T11:00:00\nI", "STOP_TIME: lies before"),
    ("USEABLE_STOP_TIME = 2021-09-22T12:12", "USEABLE_STOP_TIME = 2021-09-23T12:12", "lie outside the segment"),
    ("INTERPOLATION_DEGREE = 5", "INTERPOLATION_DEGREE = 0", "INTERPOLATION_DEGREE: 0 is outside 1 to 99"),
    ("INTERPOLATION_DEGREE = 5\n", "", "INTERPOLATION: stands without INTERPOLATION_DEGREE"),
    ("INTERPOLATION = LAGRANGE", "INTERPOLATION = MAGIC", "INTERPOLATION: is not known here"),
    (STATE, STATE.replace("3664.47610439697", "nan"), "'nan' is not a finite decimal number"),
    (STATE, STATE.replace("3664.47610439697", "1e999"), "state: '1e999' is too large"),
    (STATE, STATE.replace("12:04", "12:61"), "is not a time of day"),
    (STATE, STATE.replace("2021", "1969"), "before 1972-01-01"),
    (STATE, STATE.replace("2021", "2031"), "beyond the table of leap seconds, which ends 2027-06-28"),
    (STATE, STATE.replace("12:04", "12:09"), "does not come after the one before"),
    (STATE, STATE.replace(" -2200.19249646786", ""), "has the wrong number of columns: got 6; expected 7 or 10"),
    (STATE, STATE.replace(" -2200.19249646786", " 1 2 3 -2200"), "has another number of columns than those before"),
    (STATE, STATE.replace("-2200.19249646786 3664", "-0.1 0.1 3664"), "wrong number of columns"),
    (X, "-682.666456242589 462.481817028874", "lies under the ground: got 5014."),
    ("-6.50414981062659", "-16.50414981062659", "is on a hyperbolic orbit: got 16.98"),
    (X, "-682666456.242589 4624.81817028874", "is no orbit about the Earth"),
    ("12:12:00.000 -4660", "12:13:00.000 -4660", "lies outside the segment"),
    ("COMMENT MASS=420000.0", "COMMENT MASS=0", "MASS: is not right: got 0; expected a mass above 0"),
    ("COMMENT MASS=420000.0", "COMMENT MASS=-5", "MASS: is not right: got -5; expected a mass above 0"),
    ("COMMENT MASS=420000.0", "COMMENT MASS=nan", "MASS: 'nan' is not a finite decimal number"),
    ("COMMENT MASS=420000.0", "COMMENT DRAG_AREA=1", "DRAG_AREA: stands twice"),
    ("META_STOP\n\nCOMMENT Units", "COMMENT Units", "has no place in the metadata"),
    ("META_STOP", "META_STPO", "line: is no word known here: got META_STPO; expected META_STOP"),
    ("META_START", "META_STRAT", "line: is no word known here: got META_STRAT; expected META_START"),
    ("META_START", "META_STOP", "META_STOP: has no place in the header"),
    ("COVARIANCE_START", "COVARIANCE", "COVARIANCE_STOP: has no place in the data"),
    ("COV_REF_FRAME = EME2000", "COV_REF_FRAME = HERE", "COV_REF_FRAME: is no frame known here: got HERE"),
    ("0.000000299 0.000001145\n", "0.000000299\n", "has a row of the wrong length: got 1; expected 2"),
    ("0.000003621\n", "-0.000003621\n", "covariance: has a negative variance"),
    ("0.000003621\n", "x\n", "covariance: 'x' is not a finite decimal number"),
    ("EPOCH = 2021-09-22T12:04:00.000\n", "EPOCH = yesterday\n", "covariance: 'yesterday' is not a date and time"),
    ("COV_REF_FRAME = RTN", "COV_REF_FRAMES = RTN", "COV_REF_FRAMES: has no place in the covariance"),
    ("COVARIANCE_STOP\n", "", "META_START: has no place in the covariance"),
    ("REF_FRAME = GCRF\nTIME_SYSTEM = UTC", "REF_FRAME = GCRF\nTIME_SYSTEM = TAI", "differs from that of the first"),
    ("OBJECT_NAME = LAB\nOBJECT_ID = 2031-001A\nCENTER_NAME = EARTH\nREF_FRAME = GCRF",
     "OBJECT_NAME = TUG\nOBJECT_ID = 2031-001A\nCENTER_NAME = EARTH\nREF_FRAME = GCRF", "OBJECT_NAME: differs"),
    ("START_TIME = 2021-09-22T12:12:00.000\nS", "START_TIME = 2021-09-22T12:11:00.000\nS", "segment: begins before"),
    ("CREATION_DATE = 2022-01-02T03:04:05.000\n", "", "CREATION_DATE: is missing in the header"),
    ("OBJECT_ID = 2031-001A\n", "", "OBJECT_ID: is missing in the metadata"),
    ("COMMENT Invented\n", "COMMENT " + "x" * 245 + "\n", "COMMENT: is too long"),
    ("COMMENT Invented\n", "COMMENT " + "x" * 300 + "\n", "line: is too long"),
    ("OBJECT_NAME = LAB", "OBJECT_NAME = L\tAB", "control character"),
    ("META_START\n", "META_START\n? = 1\n", "line: cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), KVN, ids=[f"{at}-{row[2][:30]}" for at, row in enumerate(KVN)])
def test_a_wrong_line_is_named(old: str, new: str, words: str) -> None:
    content = changed("small.oem", old, new)
    assert words in refusal(read_oem, content)


def test_the_line_is_the_right_one() -> None:
    content = changed("small.oem", STATE, STATE.replace("3664.47610439697", "nan"))
    message = refusal(read_oem, content, "track.oem")
    assert f"track.oem:{line_of(content, 'nan')}: state: 'nan' is not a finite decimal number." in message
    assert message.endswith("1 problem in the file track.oem. Nothing was read.")


def test_all_problems_in_one_pass() -> None:
    content = changed("small.oem", "REF_FRAME = EME2000", "REF_FRAME = ECI").replace("MASS=420000.0", "MASS=0")
    content = content.replace(X, "0.0 0.0", 1).replace("-5296.29754155073", "nan")
    message = refusal(read_oem, content)
    for words in ("REF_FRAME: is not known here", "MASS: is not right", "lies under the ground", "'nan' is not"):
        assert words in message
    assert "4 problems" in message


@pytest.mark.parametrize("content", ["hello", "CCSDS_OPM_VERS = 2.0\n", "<a/>", "<ndm/>", "[]", "META_START"])
def test_another_kind_of_file_is_refused(content: str) -> None:
    assert "problem" in refusal(read_oem, content)


def test_a_header_alone_has_no_segments() -> None:
    message = refusal(read_oem, "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2022-01-01T00:00:00\nORIGINATOR = X\n")
    assert "segments: are missing" in message


def test_a_segment_without_states_is_refused() -> None:
    content = text("small.oem")
    head = content[: content.index("COMMENT Units")]
    assert "states: are missing" in refusal(read_oem, head)
    assert "META_STOP: is missing" in refusal(read_oem, head.replace("META_STOP", ""))


XML = [
    ('<X units="km">', '<X units="m">', "X.units: is not the unit of this value: got m; expected km"),
    ('<X units="km">', '<X unit="km" y="&amp;">', ""),
    ("</X>", "</Y>", "is not well-formed XML: got mismatched tag"),
    ("<segment>", "<segments>", "has no place in body"),
    ("<metadata>", "<metadata>text", "metadata: holds text: got text"),
    ("<data>", "</segment><segment><data>", "META_STOP: is missing"),
    ("<stateVector>", "<stateVector><X>1</X>", "X: stands twice"),
    ("<stateVector>", "<stateVector><W>1</W>", "W: has no place in stateVector"),
    ("<EPOCH>2021-09-22T12:04:00.000</EPOCH>\n<X ", "<X ", "stateVector: lacks EPOCH"),
    ('version="2.0"', 'version="x"', "is not a version known here: got x"),
    ('id="CCSDS_OEM_VERS"', 'id="CCSDS_OPM_VERS"', "oem.id: is not right"),
    ('encoding="UTF-8"', 'encoding="ISO-8859-1"', "declares another encoding"),
    ("<segment>", "<?php x?><segment>", "holds a processing instruction: got php"),
    ("<OBJECT_NAME>LAB", "<OBJECT_NAME>LAB&x;", "is not well-formed XML: got undefined entity"),
    ("<OBJECT_NAME>LAB", "<OBJECT_NAME>" + "L" * 1_500, "holds too much text"),
    ("<CX_X ", "<CX_Q>1</CX_Q><CX_X ", "CX_Q: has no place in covarianceMatrix"),
    ("</oem>", "</oem><oem/>", "is not well-formed XML: got junk after document element"),
    ("<header>", "<header a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9=''>", "has too many attributes"),
]


@pytest.mark.parametrize(("old", "new", "words"), XML, ids=[f"{at}-{row[2][:30]}" for at, row in enumerate(XML)])
def test_a_wrong_element_is_named(old: str, new: str, words: str) -> None:
    content = changed("small_oem.xml", old, new)
    if words:
        assert words in refusal(read_oem, content)
    else:
        read_oem(content.encode())


def test_entities_are_refused_unexpanded() -> None:
    laughs = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><ndm>&a12;</ndm>'
    outside = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><ndm/>'
    for content in (bomb, outside):
        assert "f:1: file: declares a document type. Remove the DOCTYPE" in refusal(read_oem, content)


def test_deep_and_long_xml_is_refused() -> None:
    assert "ndm: has no place in ndm" in refusal(read_oem, "<ndm>" * 100_000)
    assert "oem.id: is not right" in refusal(read_oem, "<oem>" * 100_000)
    attributes = " ".join(f"a{at}='>'" for at in range(100_000))
    assert "tag or comment that is too long" in refusal(read_oem, f"<ndm {attributes}/>")
    assert "tag or comment that is too long" in refusal(read_oem, f"<!--{'x' * 1_000_000}--><ndm/>")


def test_a_misspelt_word_leaves_the_states_readable() -> None:
    wrong = changed("small.oem", "META_STOP", "META_STPO").replace("MASS=420000.0", "MASS=0")
    with pytest.raises(FormatError) as caught:
        read_oem(wrong.encode(), "f")
    assert [problem.key for problem in caught.value.problems] == ["line", "MASS"]


def test_many_lines_of_one_fault_are_told_in_three() -> None:
    lines = text("small.oem").split("\n")
    at = next(place for place, line in enumerate(lines) if line.startswith("2021-"))
    shown = refusal(read_oem, "\n".join([*lines[:at], *["2021-09-22T12:00:00 x 0 0 0 0 0"] * 30, *lines[at:]]))
    assert shown.count("'x' is not a finite decimal number") == 3 and "and 27 more like it" in shown


@pytest.mark.parametrize("name", ["CCSDS_OEN_VERS", "CCSDS_OEMVERS", "CCDS_OEM_VERS"])
def test_a_misspelt_first_keyword_is_of_an_oem(name: str) -> None:
    shown = refusal(read_orbit_file, changed("small.oem", "CCSDS_OEM_VERS", name))
    assert shown.startswith(f"f:1: CCSDS_OEM_VERS: is missing: got {name}; expected CCSDS_OEM_VERS = 2.0")
