"""The form of a table of effective density: what a reader must know of a writer.

Assumptions and limits: none of its own.
"""

from __future__ import annotations

VERSION, MODEL = 2, "NRLMSISE-00"
"""Of the form and the grid of a table, and of what it was made with. 2: up to 600 km."""
