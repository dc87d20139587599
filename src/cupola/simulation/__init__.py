"""The simulation: one state with the future as its last axis, a conserving ledger, a daily clock, and the processes."""

from cupola.simulation.clock import simulate
from cupola.simulation.lanes import Lane, default_lanes
from cupola.simulation.let_down import let_down

__all__ = ["Lane", "default_lanes", "let_down", "simulate"]
