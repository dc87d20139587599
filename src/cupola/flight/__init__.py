"""Flight: where a station goes, averaged over decades and in full over days."""
