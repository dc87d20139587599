"""``cupola statements``: what was said about the programme's future, what of it is in force, and a new statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, AsOf, Settings, Waive, day, read
from cupola.cli.output import print_json, print_table, print_text

if TYPE_CHECKING:
    from cupola.programme.programme import Programme

ADD = "add"
Subject = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO|add",
        help="The scenario whose statements are listed; or the word add, to write a new one. ./add is a folder.",
        show_default=False,
    ),
]
Folder = Annotated[
    str | None, typer.Argument(metavar="FOLDER", help="add: your scenario's folder.", show_default=False)
]
About = Annotated[
    str | None,
    typer.Option(
        "--about", metavar="WORD", help="Only what is about it, e.g. a partner's id; add: what it is about, a word."
    ),
]
InForce = Annotated[bool, typer.Option("--in-force", help="Only what nobody has replaced by then.")]
Conflicts = Annotated[bool, typer.Option("--conflicts", help="Only the contradictions between statements in force.")]
Id = Annotated[str, typer.Option("--id", metavar="ID", help="add: short word by which rows name it.")]
Said = Annotated[str, typer.Option("--said", metavar="DATE", help="add: the day on which it was said.")]
Speaker = Annotated[str, typer.Option("--speaker", metavar="NAME", help="add: who said it.")]
Role = Annotated[str, typer.Option("--role", metavar="TEXT", help="add: office of the speaker.")]
Audience = Annotated[str, typer.Option("--audience", metavar="TEXT", help="add: to whom it was said.")]
Outlets = Annotated[str, typer.Option("--outlets", metavar="LIST", help="add: outlets, first to last, split by ';'.")]
Firmness = Annotated[
    str, typer.Option("--firmness", metavar="WORD", help="add: reported, announced, decided, notified or done.")
]
Clauses = Annotated[
    list[str] | None,
    typer.Option(
        "--effect",
        metavar="CLAUSE",
        help="add: what it changes, 'SUBJECT ATTRIBUTE VALUE [if CONDITION]', e.g. 'partner ID leaves after 2030'. "
        "Repeatable.",
    ),
]
Supersedes = Annotated[str, typer.Option("--supersedes", metavar="ID", help="add: the earlier one that it replaces.")]
Paraphrase = Annotated[str, typer.Option("--paraphrase", metavar="TEXT", help="add: what was said, in your words.")]
Source = Annotated[str, typer.Option("--source", metavar="TEXT", help="add: where you have it from.")]
Status = Annotated[str, typer.Option("--status", metavar="F|K", help="add: F when you read the text, else K.")]


def statements(
    scenario: Subject,
    folder: Folder = None,
    as_of: AsOf = None,
    about: About = None,
    in_force: InForce = False,
    conflicts: Conflicts = False,
    id: Id = "",
    said: Said = "",
    speaker: Speaker = "",
    role: Role = "",
    audience: Audience = "",
    outlets: Outlets = "",
    firmness: Firmness = "",
    effect: Clauses = None,
    supersedes: Supersedes = "",
    paraphrase: Paraphrase = "",
    source: Source = "",
    status: Status = "",
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """List what was said about the future, or add to it.

    Statements up to the as-of day, oldest first; * marks those in force, which nobody has replaced by then. Where those
    in force contradict each other, all of them are shown below.

    With 'add FOLDER' a new statement is checked and appended to statements.csv of a scenario of your own. Needed are
    --id, --said, --speaker, --firmness, --paraphrase and --source. With any mistake nothing is written.
    """
    row = {
        "id": id, "said": said, "speaker": speaker, "role": role, "audience": audience, "outlets": outlets,
        "firmness": firmness, "effect": "; ".join(effect or ()), "supersedes": supersedes, "paraphrase": paraphrase,
        "source": source, "status": status,
    }  # fmt: skip
    if scenario == ADD:
        if in_force or conflicts or settings or waive:
            raise typer.BadParameter(
                "--in-force, --conflicts, --set and --waive say nothing when a statement is added."
            )
        _add(folder or "", row | {"about": about or "", "status": status or "F"}, as_of, as_json)
        return
    if folder is not None or any(row.values()):
        given = folder or next(f"--{name}" for name, text in row.items() if text)
        raise typer.BadParameter(
            f"{given} says something only after the word {ADD}: cupola statements {ADD} FOLDER ..."
        )
    _list(read(scenario, as_of, settings, waive), about, in_force, conflicts, as_json)


def _add(folder: str, row: dict[str, str], as_of: str | None, as_json: bool) -> None:
    from cupola.scenario.add_statement import add_statement

    known = day(as_of, "--as-of")
    try:
        path = add_statement(folder, row, as_of=known)
    except ScenarioError as error:
        raise ScenarioError(error.scenario, error.problems, "Nothing was written.") from error
    programme = read(folder, as_of, None, None)
    strange, idle = _strange(programme, row), _idle(programme, row["id"])
    if as_json:
        print_json({"file": path, "statement": row, "new_subjects": strange, "idle_clauses": idle})
        return
    print_text(f"Statement {row['id']} added to {path}.")
    for word in strange:
        print_text(f"No other statement, and no row of the scenario, is about {word!r}: mend it if that is a slip.")
    for clause, why in idle.items():
        print_text(f"The clause {clause!r} changes nothing in the outlook: {why}.")


def _idle(programme: Programme, added: str) -> dict[str, str]:
    """Clauses of a new statement that the outlook cannot use, each with why; one that is to come is not read yet."""
    from cupola.scenario.claims import idle_clauses

    said = programme.statements.get(added)
    return {} if said is None else idle_clauses(said, programme.consequences.values(), programme.partners)


def _strange(programme: Programme, row: dict[str, str]) -> list[str]:
    """Subjects of a new statement's clauses that nothing else names, and attributes that nothing else gives them."""
    from cupola.analysis.statements import effects_of, words_of
    from cupola.scenario.effects import NAMED, PARTNER, STAY, parse_effect

    known = {programme.id, *programme.partners, *programme.elements, *programme.vehicles, *programme.sites}
    known |= {word for said in programme.statements.values() if said.id != row["id"] for word in words_of(said)}
    known |= {rule.subject for rule in programme.consequences.values()}
    clauses = [parse_effect(clause) for clause in row["effect"].split(";") if clause.strip()]
    named = [effect.subject.split()[0] for effect in clauses]
    strange = [word for word in dict.fromkeys(named) if word not in known and word not in NAMED]
    others = [said for said in programme.statements.values() if said.id != row["id"]]
    used = {(effect.subject.split()[0], effect.attribute) for said in others for effect in effects_of(said)}
    used |= {(PARTNER, attribute) for attribute in STAY}
    used |= {(rule.subject.split()[0], rule.attribute) for rule in programme.consequences.values()}
    told = {(effect.subject.split()[0], effect.attribute) for effect in clauses}
    return strange + [
        f"{word} {attribute}" for word, attribute in sorted(told - used) if word not in strange and attribute
    ]


def _list(programme: Programme, about: str | None, in_force: bool, conflicts: bool, as_json: bool) -> None:
    from cupola.analysis.statements import (
        contradiction_row,
        contradictions,
        is_about,
        statement_row,
        superseded,
        words_of,
    )

    chosen = sorted(programme.statements.values(), key=lambda row: (row.said, row.id))
    if about is not None:
        words = sorted({word for row in chosen for word in words_of(row)})
        chosen = [row for row in chosen if is_about(row, about)]
        if not chosen:
            raise ScenarioError(programme.id, [_nothing(about, words, programme)])
    replaced = superseded(programme)
    disputed = [contradiction_row(found) for found in contradictions(programme)]
    if about is not None:
        disputed = [row for row in disputed if about in (row["subject"], *row["subject"].split())]
    live = [row for row in chosen if row.id not in replaced]
    rows = [statement_row(row, replaced) for row in (live if in_force else chosen)]
    if as_json:
        head = {"scenario": programme.id, "as_of": programme.as_of}
        print_json({**head, **({} if conflicts else {"statements": rows}), "contradictions": disputed})
        return
    if not conflicts:
        print_text(f"{len(chosen)} statements known on {programme.as_of}, {len(live)} of them in force (*)\n")
        shown = [row | {"*": "*" if row["in_force"] else ""} for row in rows]
        print_table(("*", "said", "firmness", "speaker", "text"), shown, empty="No statement was made by then.")
        print()
    _print_disputed(disputed, str(programme.as_of))


def _nothing(about: str, words: list[str], programme: Programme) -> Problem:
    from cupola.scenario.cells import remedy

    what = f"is what no statement known on {programme.as_of} is about"
    return Problem("--about", "about", what, about[:60], "", remedy(about, words, "Choose another word."))


def _print_disputed(disputed: list[dict[str, Any]], as_of: str) -> None:
    if not disputed:
        print_text(f"No statements in force on {as_of} contradict each other.")
        return
    print_text(f"Statements in force on {as_of} that contradict each other; none of them is preferred")
    for row in disputed:
        print_text(f"\n{row['subject']}: {row['topic']}")
        lines = [
            {"says": position["says"] if first else "", **said}
            for position in row["positions"]
            for first, said in ((said is position["statements"][0], said) for said in position["statements"])
        ]
        print_table(("says", "said", "firmness", "id", "speaker"), lines, empty="")
