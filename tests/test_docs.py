"""The reference is in step with the program, and what the documents point at exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cupola import flow
from cupola.cli.app import VERBS
from support.tools import tool

DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SOURCES.md", "docs/index.md")


@pytest.fixture(scope="module")
def commands() -> str:
    """The page of commands as the program gives it now; made once, since it starts the program for each verb."""
    return str(tool("make_docs").commands())


@pytest.mark.parametrize("page", ["inputs", "results"])
def test_the_reference_is_in_step(root: Path, page: str) -> None:
    written = (root / "docs" / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert written == getattr(tool("make_docs"), page)(), "run: make docs"


def test_the_page_of_commands_is_in_step(root: Path, commands: str) -> None:
    assert (root / "docs" / "reference" / "commands.md").read_text(encoding="utf-8") == commands, "run: make docs"


@pytest.mark.slow
def test_the_example_in_the_readme_is_what_the_program_prints(root: Path) -> None:
    assert (root / "README.md").read_text(encoding="utf-8") == tool("make_docs").readme(), "run: make docs"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(root: Path, document: str) -> None:
    place = root / document
    targets = re.findall(r"\]\(([^)#\s]+)", place.read_text(encoding="utf-8"))
    lost = [to for to in targets if not to.startswith(("http:", "https:")) and not (place.parent / to).exists()]
    assert not lost


def test_the_readme_uses_only_verbs_and_options_that_exist(root: Path, commands: str) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    calls = re.findall(r"^cupola (.+)$", readme, re.MULTILINE)
    assert calls
    known = {verb.__name__ for verb in VERBS}
    for call in calls:
        verb, *rest = shlex.split(call.split("#")[0])
        if verb == "--help":
            continue
        assert verb in known, call
        page = commands.split(f"\n## {verb}\n")[1].split("\n## ")[0]
        for word in rest:
            if word.startswith("--"):
                assert word in page, f"cupola {call}: no option {word}"


def test_the_readme_names_every_verb(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert not [verb.__name__ for verb in VERBS if f"`{verb.__name__}`" not in readme]


def test_make_targets_named_in_the_readme_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, re.MULTILINE)) <= targets


def test_every_programme_has_a_page_with_its_picture(root: Path) -> None:
    """After a change of a programme, ``make docs`` writes its page anew."""
    import xml.etree.ElementTree as Tree

    from cupola.scenario import shipped

    folder = root / "docs" / "programmes"
    listed = (folder / "index.md").read_text(encoding="utf-8")
    for name in shipped():
        programme = flow.load(name, as_of="2026-11-26")
        if programme.departure is not None:
            continue
        page = (folder / f"{name}.md").read_text(encoding="utf-8")
        assert f"# {programme.title}" in page and f"({name}.svg)" in page and f"({name}.md)" in listed
        assert "Facts that are still general knowledge" in page
        picture = Tree.fromstring((folder / f"{name}.svg").read_text(encoding="utf-8"))
        assert picture.tag.endswith("svg") and len(list(picture.iter())) > 100


@pytest.mark.slow
def test_the_station_that_is_built_visited_and_brought_down_is(root: Path, tmp_path: Path) -> None:
    """The block in the document, laid over the small station, does what its heading says."""
    import cupola

    text = (root / "docs" / "making-a-scenario.md").read_text(encoding="utf-8")
    part = text.split("## A station that is built, visited and brought down", 1)[1]
    block = re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)[0]
    folder = tmp_path / "built"
    folder.mkdir()
    head = "id: built\ntitle: A station that is built\nextends: starter-station\n"
    (folder / "scenario.yaml").write_text(head + block, encoding="utf-8")
    case = cupola.run(folder, as_of="2026-11-26", out=tmp_path / "runs")
    said = case.answers[0]["sentence"]
    assert "People live on the station" in said and "brought down under control" in said, said
