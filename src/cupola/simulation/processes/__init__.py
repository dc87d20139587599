"""The processes of the daily clock. They never import each other: they meet in the state."""
