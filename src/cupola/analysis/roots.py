"""What an answer rests on in which nothing happens: the rules that were watched, and how far the run looked."""

from __future__ import annotations

import dataclasses

from cupola.analysis.answer import Answer, Case

_FACTS = {
    "sampled": ("span.futures", "span.seed", "span.end"),
    "let-down": ("deorbit.hold", "deorbit.lowest", "deorbit.delta_v"),
}
"""Id of an answer -> fields of the programme that it turns on; of all others, the end of the run"""


def rooted(case: Case, answer: Answer) -> Answer:
    """The answer with a chain: its own, or that of what was watched while nothing happened."""
    if answer.steps:
        return answer
    keys = [f"rule/{rule}" for rule in _rules(case, answer.id)]
    keys += [f"fact/{field}" for field in _FACTS.get(answer.id, ("span.end",))]
    return dataclasses.replace(answer, steps=tuple(case.reasons(case.main).chain_of_keys(keys, case.end)))


def _rules(case: Case, answer: str) -> list[str]:
    """Rules that would have given another answer, had they been broken."""
    rules = case.programme.rules.values()
    if answer in ("rule-empties", "headline"):
        return [rule.id for rule in rules if rule.action == "abandon" and rule.id not in case.programme.waived]
    return [rule.id for rule in rules if rule.kind == "reserve"] if answer == "stores" else []
