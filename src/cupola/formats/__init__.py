"""Files of other houses: strict readers, with the line of every error, and writers."""
