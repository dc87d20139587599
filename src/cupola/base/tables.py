"""The tables that a run leaves: one specification for the writer, the analyses, the report and the docs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: name, SQL type (DOUBLE, INTEGER, VARCHAR, DATE, BOOLEAN), unit and meaning."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class TableSpec:
    """One table of a run folder."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def _spec(name: str, meaning: str, *columns: tuple[str, str, str, str]) -> TableSpec:
    return TableSpec(name, meaning, tuple(Column(*column) for column in columns))


FUTURES = _spec(
    "futures",
    "The futures of a run, one row each.",
    ("future", "INTEGER", "", "index from 0"),
    ("label", "VARCHAR", "", "what the lane is: 'rules kept', 'rules waived', or 'sample 17'"),
    ("enforced", "BOOLEAN", "", "whether crossed rules are acted on"),
    ("nominal", "BOOLEAN", "", "whether every uncertain number has its stated value"),
)
EVENTS = _spec(
    "events",
    "What happened, with its cause: an event's key names it, `because` names the keys that led to it.",
    ("event", "INTEGER", "", "index from 0, in order of future, day and occurrence"),
    ("future", "INTEGER", "", "future it happened in"),
    ("date", "DATE", "", "UTC day"),
    ("kind", "VARCHAR", "", "docking, undocking, function-lost, rule-crossed, reentry, ..."),
    ("subject", "VARCHAR", "", "id of what it happened to"),
    ("key", "VARCHAR", "", "kind/subject; a cause is found by its key, latest row up to the day"),
    ("value", "DOUBLE", "", "amount, where there is one"),
    ("unit", "VARCHAR", "", "unit of the amount"),
    ("because", "VARCHAR", "", "keys of the causes, joined by ' + '; statement/ID, fact/TABLE.ID or an event key"),
    ("source", "VARCHAR", "", "source of the fact that it rests on, or empty"),
)
SERIES = _spec(
    "series",
    "State by day and future.",
    ("future", "INTEGER", "", "future"),
    ("date", "DATE", "", "UTC day"),
    ("altitude", "DOUBLE", "km", "mean altitude above 6378.137 km"),
    ("beta", "DOUBLE", "deg", "angle between the orbit plane and the Sun"),
    ("f107", "DOUBLE", "sfu", "10.7 cm solar flux used"),
    ("mass", "DOUBLE", "kg", "station with ships"),
    ("propellant", "DOUBLE", "kg", "usable propellant in tanks and docked ships"),
    ("crew", "INTEGER", "1", "people aboard"),
    ("seats", "INTEGER", "1", "return seats docked"),
    ("oxygen", "DOUBLE", "kg", "stored oxygen"),
    ("oxygen_days", "DOUBLE", "d", "days of reserve for those aboard, without generation"),
    ("water", "DOUBLE", "kg", "stored potable water"),
    ("water_days", "DOUBLE", "d", "days of reserve without recovery"),
    ("food", "DOUBLE", "kg", "food aboard"),
    ("food_days", "DOUBLE", "d", "days of reserve"),
    ("waste", "DOUBLE", "kg", "trash and waste aboard"),
    ("attitude", "BOOLEAN", "", "whether attitude is held"),
    ("deorbit", "BOOLEAN", "", "whether a controlled deorbit could be carried out"),
)
ORBIT = _spec(
    "orbit",
    "The mean orbit by day and future, as it is flown: at the end of each day, after the day's burns.",
    ("future", "INTEGER", "", "future"),
    ("date", "DATE", "", "UTC day"),
    ("altitude", "DOUBLE", "km", "mean semi-major axis above 6378.137 km"),
    ("ex", "DOUBLE", "1", "e cos w, mean"),
    ("ey", "DOUBLE", "1", "e sin w, mean"),
    ("inclination", "DOUBLE", "deg", "mean"),
    ("node", "DOUBLE", "deg", "right ascension of the ascending node, true equator of date"),
    ("argument", "DOUBLE", "deg", "mean argument of latitude, counted on from the first day's node"),
    ("mass", "DOUBLE", "kg", "that was flown in the day"),
    ("drag_area", "DOUBLE", "m2", "drag coefficient times area that was flown in the day"),
    ("burn", "DOUBLE", "m/s", "velocity change along the velocity at the end of the day, in pairs half a turn apart"),
)
STAYS = _spec(
    "stays",
    "Ships at ports: one row per stay.",
    ("future", "INTEGER", "", "future"),
    ("flight", "VARCHAR", "", "flight id"),
    ("name", "VARCHAR", "", "flight name"),
    ("vehicle", "VARCHAR", "", "vehicle type id"),
    ("partner", "VARCHAR", "", "partner that flies it"),
    ("port", "VARCHAR", "", "port id"),
    ("arrived", "DATE", "", "day of docking or berthing"),
    ("left", "DATE", "", "day of undocking; empty when still there at the end"),
    ("crew", "INTEGER", "1", "people it brought"),
    ("recorded", "BOOLEAN", "", "true for history, false for computed"),
)
FLOWS = _spec(
    "flows",
    "Delivered, made, used, lost and burnt, by year, commodity and cause.",
    ("future", "INTEGER", "", "future"),
    ("year", "INTEGER", "", "calendar year"),
    ("commodity", "VARCHAR", "", "commodity"),
    ("cause", "VARCHAR", "", "delivered, returned, vented, burnt, eaten, made, leaked, left, ..."),
    ("amount", "DOUBLE", "kg", "sum over the year; positive in, negative out"),
)
CAPACITY = _spec(
    "capacity",
    "What each provider can give of each function, on the days when something changed.",
    ("future", "INTEGER", "", "future"),
    ("date", "DATE", "", "day from which it holds"),
    ("function", "VARCHAR", "", "function id"),
    ("provision", "VARCHAR", "", "provision id"),
    ("partner", "VARCHAR", "", "partner that operates it"),
    ("capacity", "DOUBLE", "", "in the function's unit"),
    ("working", "BOOLEAN", "", "whether its needs are met"),
    ("missing", "VARCHAR", "", "key of the first unmet need, or empty"),
)
PARTS = _spec(
    "parts",
    "The parts a station is cut into, judged on the day of the cut, or on the first day where none is made.",
    ("part", "VARCHAR", "", "name of the part"),
    ("function", "VARCHAR", "", "function id"),
    ("capacity", "DOUBLE", "", "in the function's unit"),
    ("demand", "DOUBLE", "", "in the function's unit"),
    ("verdict", "VARCHAR", "", "enough, short, none"),
    ("why", "VARCHAR", "", "provisions counted, or what is missing"),
)
VIABILITY = _spec(
    "viability",
    "What the station, or each part of it, can do after each step of an exit: one row a question.",
    ("future", "INTEGER", "", "future"),
    ("step", "INTEGER", "", "index from 0"),
    ("date", "DATE", "", "day of the step"),
    ("change", "VARCHAR", "", "key of the event that the step is"),
    ("part", "VARCHAR", "", "the station, or the part of a cut that is made then or would be"),
    ("ability", "VARCHAR", "", "power, cooling, attitude, reboost, air, water, ports, arm, seats, ..., deorbit"),
    ("verdict", "VARCHAR", "", "yes, short, no"),
    ("amount", "DOUBLE", "", "what there is of what it turns on"),
    ("need", "DOUBLE", "", "what is needed; 0 where any counts"),
    ("unit", "VARCHAR", "", "unit of both"),
    ("lacks", "VARCHAR", "", "what is lacking, joined by '; '"),
)
CUTS = _spec(
    "cuts",
    "Joints at which the elements of the partner that leaves could be cut, with the propellant that each strands.",
    ("future", "INTEGER", "", "future"),
    ("step", "INTEGER", "", "step of the exit, as in viability"),
    ("date", "DATE", "", "day"),
    ("change", "VARCHAR", "", "key of the event that the step is"),
    ("cut", "VARCHAR", "", "element at whose joint it is cut"),
    ("name", "VARCHAR", "", "its name"),
    ("elements", "INTEGER", "1", "elements that leave with it"),
    ("mass", "DOUBLE", "kg", "mass that leaves, without ships"),
    ("propellant_with", "DOUBLE", "kg", "propellant in tanks and ships of the part that leaves"),
    ("propellant_without", "DOUBLE", "kg", "propellant in tanks and ships of the part that stays"),
    ("stranded_with", "DOUBLE", "kg", "of that, what nothing can burn in the part that leaves"),
    ("stranded_without", "DOUBLE", "kg", "of that, what nothing can burn in the part that stays"),
)
SEPARATED = _spec(
    "separated",
    "What left with a part that separated, to the last kilogram: what another programme begins with.",
    ("future", "INTEGER", "", "future"),
    ("date", "DATE", "", "day of the cut"),
    ("cut", "VARCHAR", "", "element at whose joint it was cut"),
    ("kind", "VARCHAR", "", "element, outfitting, store, ship, tank, people, orbit"),
    ("id", "VARCHAR", "", "element, store or flight id; altitude or node"),
    ("what", "VARCHAR", "", "commodity, vehicle type or partner"),
    ("place", "VARCHAR", "", "element of a store, port of a ship"),
    ("since", "DATE", "", "day on which a ship arrived"),
    ("amount", "DOUBLE", "", "how much"),
    ("unit", "VARCHAR", "", "kg, 1, km or deg"),
)
RECORD = _spec(
    "record",
    "Statements, rules, agreements and facts that the run rests on.",
    ("key", "VARCHAR", "", "statement/ID, rule/ID, agreement/ID, fact/TABLE.ID.FIELD"),
    ("kind", "VARCHAR", "", "statement, rule, agreement, obligation, fact"),
    ("date", "DATE", "", "day it was said or known"),
    ("text", "VARCHAR", "", "what it says, in our words"),
    ("value", "DOUBLE", "", "number in its edge unit, for facts"),
    ("low", "DOUBLE", "", "lower end of its range"),
    ("high", "DOUBLE", "", "upper end of its range"),
    ("unit", "VARCHAR", "", "unit"),
    ("status", "VARCHAR", "", "F found in a text, K general knowledge"),
    ("source", "VARCHAR", "", "title, publisher, year"),
    ("where", "VARCHAR", "", "file:line"),
)
ANSWERS = _spec(
    "answers",
    "Answers: one sentence each.",
    ("id", "VARCHAR", "", "answer id"),
    ("question", "VARCHAR", "", "the question"),
    ("sentence", "VARCHAR", "", "the answer in one or two sentences"),
    ("date", "DATE", "", "the date it turns on"),
    ("value", "DOUBLE", "", "the number it turns on"),
    ("unit", "VARCHAR", "", "its unit"),
    ("sources", "VARCHAR", "", "sources, joined by ' | '"),
)
BECAUSE = _spec(
    "because",
    "The chain of causes under each answer, from the event down to the statement.",
    ("answer", "VARCHAR", "", "answer id"),
    ("step", "INTEGER", "", "0 for the event itself, growing towards the root"),
    ("depth", "INTEGER", "", "depth in the tree"),
    ("key", "VARCHAR", "", "event or record key"),
    ("text", "VARCHAR", "", "in words"),
    ("date", "DATE", "", "day"),
    ("source", "VARCHAR", "", "source"),
)
DEPENDENCE = _spec(
    "dependence",
    "Function x partner: who provides how much on the first day.",
    ("function", "VARCHAR", "", "function id"),
    ("name", "VARCHAR", "", "function name"),
    ("partner", "VARCHAR", "", "partner id"),
    ("capacity", "DOUBLE", "", "in the function's unit"),
    ("unit", "VARCHAR", "", "unit"),
    ("share", "DOUBLE", "1", "of all that is provided"),
    ("only", "BOOLEAN", "", "whether nobody else provides it"),
    ("falls", "BOOLEAN", "", "whether what others provide of it falls too, because it needs this partner"),
)
MISSING = _spec(
    "missing",
    "What is missing per year after the departure: baseline supply minus what is left.",
    ("year", "INTEGER", "", "calendar year"),
    ("what", "VARCHAR", "", "reboost, propellant, seats, oxygen, water, cargo, ports"),
    ("baseline", "DOUBLE", "", "with the partner"),
    ("case", "DOUBLE", "", "without it"),
    ("missing", "DOUBLE", "", "baseline minus case"),
    ("unit", "VARCHAR", "", "unit"),
)
COMPARE = _spec(
    "compare",
    "Baseline against case, side by side.",
    ("what", "VARCHAR", "", "figure of merit"),
    ("baseline", "VARCHAR", "", "value in the baseline"),
    ("case", "VARCHAR", "", "value in the case"),
    ("unit", "VARCHAR", "", "unit"),
)
LET_DOWN = _spec(
    "let_down",
    "Trial dates of the last reboost, and where the station then is on the last day of the means for a controlled end.",
    ("begins", "DATE", "", "day after which no reboost is made"),
    ("altitude", "DOUBLE", "km", "mean altitude on the last day of the means"),
    ("lacking", "DOUBLE", "m/s", "velocity change that is lacking down to the hold altitude"),
    ("propellant", "DOUBLE", "kg", "propellant for it"),
)
ASSEMBLY = _spec(
    "assembly",
    "What the station can do at each step of its assembly: one row a step and function, with rules kept.",
    ("step", "INTEGER", "", "index from 0, the first day"),
    ("date", "DATE", "", "day on which the step begins"),
    ("change", "VARCHAR", "", "first day, attached, left, lost"),
    ("elements", "VARCHAR", "", "names of the elements that came or went"),
    ("function", "VARCHAR", "", "function id"),
    ("name", "VARCHAR", "", "function name"),
    ("capacity", "DOUBLE", "", "on the day on which the step begins, in the function's unit"),
    ("best", "DOUBLE", "", "the most in the step, with the ships that were docked in it"),
    ("demand", "DOUBLE", "", "need of the station with its usual crew"),
    ("unit", "VARCHAR", "", "unit"),
    ("vital", "BOOLEAN", "", "whether people cannot live without it"),
    ("verdict", "VARCHAR", "", "enough, short or none, by the best of the step"),
    ("why", "VARCHAR", "", "who provides it at the end of the step, or why nobody does"),
    ("share", "DOUBLE", "1", "of the step's days, those on which there is enough of it"),
    ("together", "DOUBLE", "1", "of the step's days, those on which there is enough of all that is vital at once"),
)
OBLIGATIONS = _spec(
    "obligations",
    "What was owed in the run's span and whether it is kept.",
    ("obligation", "VARCHAR", "", "id"),
    ("by", "VARCHAR", "", "who owes, as written"),
    ("partners", "VARCHAR", "", "ids of the partners that owe it, joined by '; '"),
    ("to", "VARCHAR", "", "to whom"),
    ("what", "VARCHAR", "", "what"),
    ("function", "VARCHAR", "", "id of the function that it serves, or empty"),
    ("start", "DATE", "", "from"),
    ("end", "DATE", "", "until; empty when open"),
    ("state", "VARCHAR", "", "kept, at risk, broken, ended, not judged"),
    ("risk", "DATE", "", "day from which it is at risk"),
    ("broken", "DATE", "", "day on which it is broken"),
    ("because", "VARCHAR", "", "keys of what breaks it or puts it at risk and of what it rests on, joined by ' + '"),
    ("rests_on", "VARCHAR", "", "law (agreement and article), promise (statement) or what is only named"),
    ("way_out", "VARCHAR", "", "what the agreements say of leaving"),
    ("source", "VARCHAR", "", "source"),
)

RUN_TABLES = (FUTURES, EVENTS, SERIES, ORBIT, STAYS, FLOWS, CAPACITY, PARTS, VIABILITY, CUTS, SEPARATED, RECORD)
ANSWER_TABLES = (ANSWERS, BECAUSE, DEPENDENCE, MISSING, COMPARE, LET_DOWN, OBLIGATIONS, ASSEMBLY)
TABLES = {spec.name: spec for spec in (*RUN_TABLES, *ANSWER_TABLES)}
