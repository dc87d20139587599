"""How a station flies: element sets, propagation, burns and re-entry."""
