"""Files of other houses: strict readers with line-numbered errors."""
