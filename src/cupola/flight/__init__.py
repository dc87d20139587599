"""How the station moves: averaged over decades, and with every force over days."""
