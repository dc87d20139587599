"""Charts as inline SVG, drawn from rows: lines, strips and share squares on one shared time axis."""
