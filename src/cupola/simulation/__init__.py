"""The simulation: one state with the future as its last axis, a conserving ledger, a daily clock, and the processes."""

from cupola.simulation.clock import simulate
from cupola.simulation.lanes import Lane, default_lanes

__all__ = ["Lane", "default_lanes", "simulate"]
