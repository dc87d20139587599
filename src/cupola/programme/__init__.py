"""The nouns, frozen: what a programme is, as it was known on one date. Nouns never see the simulated time."""
