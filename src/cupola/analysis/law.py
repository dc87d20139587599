"""The law of leaving: was notice given, and what is the earliest lawful day."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.answer import Answer, Case
from cupola.base.quantity import DAY_S
from cupola.programme.settings import Departure


def earliest_lawful(departure: Departure, as_of: dt.date) -> dt.date:
    """The first day on which the exit is lawful: the notice after the day it was given, or after the as-of day.

    Without notice this is the earliest that can still be reached: had notice been given on the as-of day.
    """
    notified = departure.notified
    given = notified if notified is not None and notified <= as_of else as_of
    return given + dt.timedelta(days=round(departure.notice.value / DAY_S))


def law(case: Case) -> Answer:
    """Announcement against agreement: was formal notice given, and from when is the exit lawful."""
    programme = case.programme
    departure = programme.departure
    question = f"From when is the exit lawful {case.condition}?"
    if departure is None:
        return Answer("law", question, "Nobody leaves, so no notice is needed.")
    days = departure.notice.value / DAY_S
    deal = programme.agreements.get(departure.law)
    if deal is None and days == 0.0:
        return Answer(
            "law", question, "The scenario names no agreement that rules this exit, so its law is not judged."
        )
    said = programme.statements.get(departure.statement)
    clause = f" under {deal.name}{f', {deal.article}' if deal.article else ''}" if deal else ""
    first = earliest_lawful(departure, programme.as_of)
    announced = (
        f" What {said.speaker} said on {said.said} has the firmness '{said.firmness}', which is not notice."
        if said is not None
        else ""
    )
    if departure.notified is not None and departure.notified <= programme.as_of:
        text = f"Formal notice{clause} was given on {departure.notified}, so the earliest lawful exit is {first}."
    else:
        text = (
            f"No formal notice{clause} is on record up to {programme.as_of}.{announced} The notice asked is "
            f"{days:.0f} days, and this scenario holds none: had it been given on {programme.as_of}, the earliest "
            f"lawful exit would be {first}."
        )
    begins = departure.after + dt.timedelta(days=1)
    text += (
        f" An exit on {begins} is earlier than that and would break the agreement."
        if begins < first
        else f" An exit on {begins} can still be lawful if notice is given by "
        f"{begins - dt.timedelta(days=round(days))}."
        if departure.notified is None or departure.notified > programme.as_of
        else f" An exit on {begins} is lawful."
    )
    keys = [
        key for key, row in ((f"statement/{departure.statement}", said), (f"agreement/{departure.law}", deal)) if row
    ]
    steps = tuple(case.reasons(case.main).chain_of_keys(keys, case.end))
    return Answer("law", question, text, first, days, "d", steps)
