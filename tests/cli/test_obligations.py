"""What is due on a day by whom, and on what it rests."""

from __future__ import annotations

import json
from pathlib import Path

AS_OF = ("--as-of", "2022-07-26")


def test_due_on_a_day_and_what_it_rests_on(call, small: Path) -> None:
    read = json.loads(call("obligations", small, *AS_OF, "--on", "2022-07-26", "--json").stdout)
    rows = {row["obligation"]: row for row in read["obligations"]}
    assert {key: row["state"] for key, row in rows.items()} == {"b-reboost": "due", "a-power": "due"}
    assert rows["b-reboost"]["rests_on"] == "law: Charter of the station, Article 9"
    assert rows["b-reboost"]["leaving"]["statement"] == "b-leaves"
    assert rows["a-power"]["leaving"] is None
    late = json.loads(call("obligations", small, *AS_OF, "--on", "2029-01-01", "--json").stdout)
    assert {row["obligation"]: row["state"] for row in late["obligations"]} == {"b-reboost": "ended", "a-power": "due"}
    before = json.loads(call("obligations", small, *AS_OF, "--on", "2016-01-01", "--json").stdout)
    assert {row["state"] for row in before["obligations"]} == {"not yet"}


def test_of_one_partner(call, small: Path) -> None:
    text = call("obligations", small, *AS_OF, "--partner", "b").stdout
    assert "b-reboost" in text and "a-power" not in text
    assert "speaks of leaving after 2024-12-31" in text
    assert "one year of notice" in text
    done = call("obligations", small, *AS_OF, "--partner", "carryer")
    assert done.exit_code == 3 and "Did you mean 'carrier'?" in done.stderr
