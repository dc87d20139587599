"""Scenario files to a Programme, and back.

This room knows how people write a station programme: files, units, overlays, and what was known on which day. It reads
strangers' files, so it builds nothing from them but checked, frozen nouns, and reports every mistake in one pass.

**Assumptions and limits.** A file has at most 5 MB; an overlay chain has at most 16 scenarios; dates lie in 1950-2150.
"""

from cupola.scenario.cells import near
from cupola.scenario.continued import carry_on
from cupola.scenario.fields import FieldSpec, field_specs
from cupola.scenario.loader import load
from cupola.scenario.shipped import headings, shipped
from cupola.scenario.writer import write

__all__ = ["FieldSpec", "carry_on", "field_specs", "headings", "load", "near", "shipped", "write"]
