import os

import pytest

from cupola.scenario import files


def found(bench, name="small"):
    return {problem.where: str(problem) for problem in bench.problems(name)}


def test_a_link_is_refused_even_within_the_folder(bench, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("id,name\ntop,secret\n", encoding="utf-8")
    target = bench.folder / "small" / "sites.csv"
    target.unlink()
    target.symlink_to(secret)
    report = found(bench)
    assert "symbolic link" in report["small/sites.csv"]
    assert "secret" not in "".join(report.values())


def test_a_linked_scenario_file_and_a_linked_folder_are_refused(bench):
    main = bench.folder / "small" / "scenario.yaml"
    main.rename(bench.folder / "real.yaml")
    main.symlink_to(bench.folder / "real.yaml")
    assert "symbolic link" in found(bench)["small/scenario.yaml"]
    (bench.folder / "small").rename(bench.folder / "elsewhere")
    (bench.folder / "small").symlink_to(bench.folder / "elsewhere")
    assert any("names no known scenario" in text for text in found(bench, "small-b-leaves").values())


def test_a_pipe_or_a_folder_in_place_of_a_file_is_refused(bench):
    target = bench.folder / "small" / "sites.csv"
    target.unlink()
    os.mkfifo(target)
    assert "is not a file" in found(bench)["small/sites.csv"]
    target.unlink()
    target.mkdir()
    assert "is not a file" in found(bench)["small/sites.csv"]


def test_a_file_that_is_not_utf_8(bench):
    with (bench.folder / "small" / "sites.csv").open("ab") as file:
        file.write(b"pad-c,\xff\xfe,launch,b,x,K\n")
    assert "UTF-8" in found(bench)["small/sites.csv:6"]


def test_a_file_that_is_too_large(bench, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    assert "too large" in found(bench)["small/partners.csv"]


def test_control_characters_are_refused(bench):
    line = bench.replace("sites.csv", "Launch Site B", "Launch\x1b[2J Site B")
    assert "control character" in found(bench)[f"small/sites.csv:{line}"]


def test_a_missing_scenario_file(bench):
    (bench.folder / "small" / "scenario.yaml").unlink()
    report = bench.problems()
    assert [problem.where for problem in report] == ["small/scenario.yaml"]
    assert "is missing" in str(report[0])


def test_a_missing_table_leaves_its_references_open(bench):
    (bench.folder / "small" / "sites.csv").unlink()
    assert any("names nothing in elements or vehicles or sites" in str(problem) for problem in bench.problems())


def test_an_unknown_table(bench):
    (bench.folder / "small" / "element.csv").write_text("id\n", encoding="utf-8")
    assert "'elements'" in found(bench)["small/element.csv"]
    (bench.folder / "small" / "element.csv").unlink()
    (bench.folder / "small" / "notes.md").write_text("Other files are left alone.", encoding="utf-8")
    assert bench.load().elements


def test_a_byte_order_mark_and_windows_line_ends_are_read(bench):
    path = bench.folder / "small" / "sites.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert len(bench.load().sites) == 4


@pytest.mark.parametrize(
    "text", ["", "\x00", "a", "]", "id: [", "\ufeff", "%YAML 9.9\n---\n", "? ? ?", "id: x\n\tb: 1"]
)
def test_a_broken_scenario_file_is_one_report(bench, text):
    (bench.folder / "small" / "scenario.yaml").write_text(text, encoding="utf-8")
    assert bench.problems()
