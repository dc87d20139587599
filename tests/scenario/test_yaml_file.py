import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.scenario import yaml_file
from cupola.scenario.cells import Findings
from cupola.scenario.yaml_file import MAX_DEPTH, read_yaml


def read(text):
    findings = Findings()
    return read_yaml(text, "x.yaml", findings), findings.problems


def test_values_stay_as_written():
    root, problems = read("a: 1e3\nb: no\nc: 2022-07-26\nd: '~'\ne: ~\nf: [x, y]\n")
    assert not problems and root is not None
    texts = {key.text: value.text for key, value in root.pairs}
    assert (texts["a"], texts["b"], texts["c"], texts["d"], texts["e"]) == ("1e3", "no", "2022-07-26", "~", "")
    assert [item.text for item in root.pairs[5][1].items] == ["x", "y"]
    assert [key.line for key, _ in root.pairs] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not YAML"),
        ("a: 1\n b: 2\n", 2, "not YAML"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("a: !!python/object:os.system 1\n", 1, "tag"),
        ("a: !mine 1\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("a: 1\n? [x]\n: 2\n", 2, "key"),
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("s:\n  b: 2\n  b: 3\n", 3, "twice"),
        ("- a\n- b\n", 1, "no mapping"),
        ("", 1, "no mapping"),
        ("word", 1, "no mapping"),
        ('a: "\\e[31m"\n', 1, "control"),
        ("a: " + "[" * (MAX_DEPTH + 1) + "\n", 1, "deeper"),
    ],
)
def test_what_scenarios_do_not_use_is_refused(text, line, words):
    _, problems = read(text)
    assert len(problems) == 1
    assert problems[0].where == f"x.yaml:{line}"
    assert words in str(problems[0])


def test_size_is_counted_while_reading(monkeypatch):
    monkeypatch.setattr(yaml_file, "MAX_NODES", 100)
    assert read("a: [" + "1, " * 90 + "1]\n")[0] is not None
    _, problems = read("a: [" + "1, " * 100 + "1]\n")
    assert "more than" in str(problems[0])


def test_deep_nesting_stops_early():
    root, problems = read("[" * 10_000)
    assert root is None and "deeper" in str(problems[0])


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t\\0~é\u2028", max_size=80))
def test_no_text_makes_it_fall(text):
    root, problems = read(text)
    assert root is not None or problems
