"""Flight: decades on averaged elements, days by the full forces, and element sets by their own theory."""
