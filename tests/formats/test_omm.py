"""Mean-element messages in four notations, as the catalogues spell them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import parse_instant
from cupola.formats.decimals import DEGREE, REV_PER_DAY, scaled
from cupola.formats.element_set import radius_at_epoch
from cupola.formats.elements import ElementSet, read_elements, write_omm
from support.orbit_files import DATA, changed, refusal, text

KINDS = {"kvn": "small.omm", "xml": "small_omm.xml", "json": "small_omm.json", "csv": "small_omm.csv"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_written(kind: str) -> None:
    sets = read_elements(DATA / KINDS[kind])
    assert len(sets) == 2
    assert write_omm(sets, kind) == text(KINDS[kind])


def test_a_message_is_understood() -> None:
    first, second = read_elements(DATA / "small.omm")
    assert first == read_elements(DATA / "small_omm.xml")[0]
    assert (first.object_name, first.catalogue_id, first.originator) == ("LAB", 987_654_321, "CUPOLA")
    assert (first.epoch, first.creation) == (
        parse_instant("2022-03-04T05:06:07.2"),
        parse_instant("2022-03-06T00:00:00"),
    )
    assert (first.mass, first.drag_area, first.drag_coefficient, first.solar_area) == (420_000.0, 1_600.0, 2.2, None)
    assert (first.comments, first.user_defined) == (("Invented",), (("NOTE", "none"),))
    assert first.mean_motion == scaled("15.49512345", REV_PER_DAY)
    assert first.inclination == scaled("51.6421", DEGREE)
    assert (second.originator, second.creation) == (None, None)


def test_catalogue_json_of_the_first_service() -> None:
    """Flat objects with numbers, and none of the metadata that never change."""
    row = {
        "OBJECT_NAME": "LAB (MODULE)", "OBJECT_ID": "2031-001A", "EPOCH": "2022-03-04T05:06:07.199712",
        "MEAN_MOTION": 15.49512345, "ECCENTRICITY": 0.0004321, "INCLINATION": 51.6421, "RA_OF_ASC_NODE": 123.4567,
        "ARG_OF_PERICENTER": 12.3456, "MEAN_ANOMALY": 347.6543, "EPHEMERIS_TYPE": 0, "CLASSIFICATION_TYPE": "U",
        "NORAD_CAT_ID": 99001, "ELEMENT_SET_NO": 999, "REV_AT_EPOCH": 12345, "BSTAR": 0.21234e-3,
        "MEAN_MOTION_DOT": 1.2345e-4, "MEAN_MOTION_DDOT": 0,
    }  # fmt: skip
    (read,) = read_elements(json.dumps([row]).encode())
    (tle,) = read_elements(DATA / "two_lines.tle")
    assert replace(read, object_name="UNKNOWN") == tle
    assert read_elements(json.dumps(row, indent=2).encode()) == (read,)


def test_catalogue_json_of_the_other_service() -> None:
    """Everything a text, with columns that repeat or describe, and nulls."""
    row = {
        "CCSDS_OMM_VERS": "3.0", "COMMENT": "GENERATED", "CREATION_DATE": "2022-03-05T01:02:03", "ORIGINATOR": "X",
        "OBJECT_NAME": "LAB", "OBJECT_ID": None, "CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC",
        "MEAN_ELEMENT_THEORY": "SGP4", "EPOCH": "2022-03-04T05:06:07.199712", "MEAN_MOTION": "15.49512345",
        "ECCENTRICITY": "0.00043210", "INCLINATION": "51.6421", "RA_OF_ASC_NODE": "123.4567",
        "ARG_OF_PERICENTER": "12.3456", "MEAN_ANOMALY": "347.6543", "EPHEMERIS_TYPE": "0", "CLASSIFICATION_TYPE": "U",
        "NORAD_CAT_ID": "270123", "ELEMENT_SET_NO": "999", "REV_AT_EPOCH": "12345", "BSTAR": "0.00021234000000",
        "MEAN_MOTION_DOT": "0.00012345", "MEAN_MOTION_DDOT": "0.0000000000000", "SEMIMAJOR_AXIS": "6797.1",
        "PERIOD": "92.9", "APOAPSIS": "421.9", "PERIAPSIS": "416.0", "OBJECT_TYPE": "PAYLOAD", "RCS_SIZE": "LARGE",
        "COUNTRY_CODE": None, "LAUNCH_DATE": None, "SITE": None, "DECAY_DATE": None, "FILE": "1", "GP_ID": "2",
        "TLE_LINE0": "0 LAB", "TLE_LINE1": "1 ", "TLE_LINE2": "2 ",
    }  # fmt: skip
    (read,) = read_elements(json.dumps([row]).encode())
    assert (read.object_id, read.catalogue_id, read.version) == ("UNKNOWN", 270_123, "3.0")
    assert (read.comments, read.originator) == (("GENERATED",), "X")
    for kind in KINDS:
        assert read_elements(write_omm((read,), kind).encode()) == (read,)


def test_catalogue_csv_with_bare_points() -> None:
    content = changed("small_omm.csv", ",0.00021234,", ",.21234E-3,")
    assert read_elements(content.encode()) == read_elements(DATA / "small_omm.csv")


def test_units_and_user_defined_parameters() -> None:
    content = changed("small.omm", "INCLINATION = 51.6421", "INCLINATION = 51.6421 [deg]")
    content = content.replace("BSTAR = 0.00021234", "BSTAR = 0.00021234 [1/ER]", 1).replace("LAB", "LAB [1]", 1)
    assert read_elements(content.encode())[0].object_name == "LAB [1]"
    xml = changed("small_omm.xml", "<INCLINATION>", '<INCLINATION units="deg">')
    xml = xml.replace('parameter="NOTE">none<', 'parameter="DECAY_DATE"><', 1)
    assert read_elements(xml.encode())[0].user_defined == (("DECAY_DATE", ""),)
    small = read_elements(xml.replace("DECAY_DATE", "decayDate").encode())
    assert read_elements(write_omm(small).encode()) == small


WRONG = [
    ("TIME_SYSTEM = UTC", "TIME_SYSTEM = TDB", "TIME_SYSTEM: is not known here: got TDB; expected UTC"),
    ("REF_FRAME = TEME", "REF_FRAME = EME2000", "REF_FRAME: is not known here: got EME2000; expected TEME"),
    ("CENTER_NAME = EARTH", "CENTER_NAME = MARS", "CENTER_NAME: is not known here: got MARS"),
    ("THEORY = SGP4", "THEORY = DSST", "MEAN_ELEMENT_THEORY: is not known here: got DSST"),
    ("CCSDS_OMM_VERS = 2.0", "CCSDS_OMM_VERS = 9", "CCSDS_OMM_VERS: is not known here: got 9"),
    ("ECCENTRICITY = 0.0004321", "ECCENTRICITY = 1.2", "an eccentricity of 1.2 is that of a hyperbolic orbit"),
    ("ECCENTRICITY = 0.0004321", "ECCENTRICITY = -0.1", "ECCENTRICITY: -0.1 is outside 0 to"),
    ("ECCENTRICITY = 0.0004321", "ECCENTRICITY = nan", "'nan' is not a finite decimal number"),
    ("MEAN_MOTION = 15.49512345", "MEAN_MOTION = 17.9", "puts the object under the ground: got 61"),
    ("MEAN_MOTION = 15.49512345", "MEAN_MOTION = inf", "'inf' is not a finite decimal number"),
    ("MEAN_MOTION = 15.49512345", "SEMI_MAJOR_AXIS = 6800", "stands in place of the mean motion"),
    ("INCLINATION = 51.6421", "INCLINATION = 190", "INCLINATION: 190 is outside 0 to 180 deg"),
    ("INCLINATION = 51.6421", "INCLINATION = 1 [rad]", "INCLINATION: is in another unit: got rad; expected deg"),
    ("MASS = 420000", "MASS = 0", "MASS: a mass of 0 kg is not above 0"),
    ("MASS = 420000", "MASS = -3", "MASS: a mass of -3 kg is not above 0"),
    ("NORAD_CAT_ID = 987654321", "NORAD_CAT_ID = 9876543210", "9876543210 is outside 0 to 999999999"),
    ("NORAD_CAT_ID = 987654321\n", "", "f:2: NORAD_CAT_ID: is missing"),
    ("EPOCH = 2022", "EPOCH = 2032", "beyond the table of leap seconds"),
    ("EPHEMERIS_TYPE = 0", "EPHEMERIS_TYPE = 4", "means SGP4-XP, another theory"),
    ("CLASSIFICATION_TYPE = U", "CLASSIFICATION_TYPE = UC", "CLASSIFICATION_TYPE: is not a letter"),
    ("BSTAR = 0.00021234", "BTERM = 0.1", "BTERM: is a term of SGP4-XP"),
    ("MASS = 420000", "CX_X = 1", "CX_X: belongs to a covariance, which is not kept"),
    ("MASS = 420000", "GM = 42828.3", "GM: is not that of the Earth"),
    ("MASS = 420000", "COLOUR = RED", "COLOUR: is no keyword of an OMM"),
    ("MASS = 420000", "BSTAR = 1", "BSTAR: stands twice"),
    ("USER_DEFINED_NOTE = none", "USER_DEFINED_NOTE = a\nUSER_DEFINED_NOTE = b", "cannot be kept"),
    ("MASS = 420000", "META_START", "line: has no place in an OMM"),
    ("CREATION_DATE = 2022-03-06T00:00:00.000000", "CREATION_DATE = soon", "'soon' is not a date and time"),
]


@pytest.mark.parametrize(("old", "new", "words"), WRONG, ids=[f"{at}-{row[2][:30]}" for at, row in enumerate(WRONG)])
def test_a_wrong_keyword_is_named(old: str, new: str, words: str) -> None:
    content = "\n" + changed("small.omm", old, new)
    assert words in refusal(read_elements, content)


def test_all_problems_in_one_pass() -> None:
    content = changed("small.omm", "MASS = 420000", "MASS = 0").replace("TIME_SYSTEM = UTC", "TIME_SYSTEM = UT1")
    message = refusal(read_elements, content.replace("ECCENTRICITY = 0.001\n", "ECCENTRICITY = x\n"))
    assert "4 problems" in message and "f:18: MASS" in message and "f:9: TIME_SYSTEM" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1]", "f:1: JSON: is broken: got '1'; expected '{'"),
        ("[{}", "JSON: is broken"),
        ('[{"EPOCH": NaN}]', "EPOCH: is no text and no finite number: got NaN"),
        ('[{"EPOCH": {"a": 1}}]', "EPOCH: holds a list or an object"),
        ('[{"EPOCH": ]', "EPOCH: has no value"),
        ('[{"EPOCH": "a",\n"EPOCH": "b"}]', "f:2: EPOCH: stands twice in one object"),
        ('[{"EPOCH" "a"}]', "expected ':'"),
        ('[{"EPOCH": "\\ud800"}]', "control character"),
        ('[{"EPOCH": "\\x"}]', "wrong escape"),
        ('[{"EPOCH": "a}]', "expected a text in quotes"),
        ("[{}]", "EPOCH: is missing"),
        ("[]", "has no element set"),
        ("[]]", "goes on after its end"),
        ("[" * 100_000, "JSON: is broken: got '['; expected '{'"),
        ('{"a":' * 100_000, "holds a list or an object"),
        ("[{}," * 1, "JSON: is broken"),
    ],
)
def test_wrong_json_is_refused(content: str, words: str) -> None:
    assert words in refusal(read_elements, content)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("OBJECT_NAME,OBJECT_ID", "OBJECT_NAME,OBJECT_NAME", "header: is not a row of different keywords"),
        ("LAB,", "LAB,LAB,", "row: has the wrong number of cells: got 18; expected 17"),
        ("LAB,", '"LAB,', "row: is not CSV"),
        ("LAB,", '"L"AB,', "row: is not CSV"),
        (",0.0004321,", ",nan,", "f:2: ECCENTRICITY: 'nan' is not a finite decimal number"),
        ("BSTAR", "B", "B: is no keyword of an OMM"),
    ],
)
def test_wrong_csv_is_refused(old: str, new: str, words: str) -> None:
    assert words in refusal(read_elements, changed("small_omm.csv", old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<meanElements>", "<elements>", "elements: has no place in data"),
        ("<meanElements>", "<meanElements", "is not well-formed XML"),
        ("<metadata>", "<metadata><X>1</X>", "X: is no keyword of an OMM"),
        ("</header>", "</header><header/>", "header: stands twice in its message"),
        ("<ndm>", "<ndm>text", "ndm: holds text"),
        ("<INCLINATION>", '<INCLINATION units="rad">', "is in another unit: got rad; expected deg"),
        ("<ndm>", "<!DOCTYPE x><ndm>", "declares a document type"),
        ('id="CCSDS_OMM_VERS"', "", "omm.id: is not right"),
        ("</omm>\n</ndm>", "</omm>\n<X>1</X></ndm>", "X: has no place in ndm"),
    ],
)
def test_wrong_xml_is_refused(old: str, new: str, words: str) -> None:
    assert words in refusal(read_elements, changed("small_omm.xml", old, new))


def test_what_a_notation_cannot_say_is_not_written() -> None:
    first = read_elements(DATA / "small.omm")[0]
    for kind, changes in (
        ("json", {"comments": ("a", "b")}),
        ("csv", {"comments": ("a", "b")}),
        ("kvn", {"object_name": ""}),
        ("xml", {"version": "1.x"}),
        ("xml", {"user_defined": (("NOTE", " a"),)}),
    ):
        with pytest.raises(DomainError):
            write_omm((replace(first, **changes),), kind)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="the same user-defined names"):
        write_omm((first, replace(first, user_defined=())), "csv")


def test_a_hard_kepler_equation_is_solved() -> None:
    """Nearly open orbits: the distance at the epoch lies between the apsides."""
    base = read_elements(DATA / "two_lines.tle")[0]
    for anomaly in (0.0, 1e-9, 3.14, -3.14, 6.2):
        elements: ElementSet = replace(base, eccentricity=0.999999, mean_anomaly=anomaly)
        a, e = elements.semi_major_axis, elements.eccentricity
        assert a * (1 - e) * (1 - 1e-9) <= radius_at_epoch(elements) <= a * (1 + e)
