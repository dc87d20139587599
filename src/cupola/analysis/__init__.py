"""Answers: tables that analyses make from programmes and the tables of runs. Reports show them and compute nothing."""

from cupola.analysis.compare import compare
from cupola.analysis.dependence import dependence, remains, working
from cupola.analysis.let_down import deadline
from cupola.analysis.show import station_on, station_on_run
from cupola.analysis.withdrawal import answer_tables

__all__ = ["answer_tables", "compare", "deadline", "dependence", "remains", "station_on", "station_on_run", "working"]
