"""``cupola statements``: what was said about the programme's future."""

from __future__ import annotations

from cupola.cli.options import AsJson, AsOf, Scenario, Settings, Waive, read
from cupola.cli.output import print_json, print_table, print_text


def statements(
    scenario: Scenario, as_of: AsOf = None, settings: Settings = None, waive: Waive = None, as_json: AsJson = False
) -> None:
    """List what was said about the future.

    Statements up to the as-of day, oldest first.
    """
    programme = read(scenario, as_of, settings, waive)
    superseded = {row.supersedes: row.id for row in programme.statements.values() if row.supersedes}
    rows = [
        {
            "said": row.said,
            "id": row.id,
            "firmness": row.firmness,
            "speaker": row.speaker,
            "role": row.role,
            "audience": row.audience,
            "outlets": row.outlets,
            "about": row.about,
            "effect": row.effect,
            "supersedes": row.supersedes,
            "superseded_by": superseded.get(row.id, ""),
            "text": row.paraphrase,
            "source": row.source,
        }
        for row in sorted(programme.statements.values(), key=lambda row: (row.said, row.id))
    ]
    if as_json:
        print_json({"scenario": programme.id, "as_of": programme.as_of, "statements": rows})
        return
    print_text(f"{len(rows)} statements known on {programme.as_of}\n")
    print_table(("said", "firmness", "speaker", "text"), rows, empty="No statement was made by then.")
