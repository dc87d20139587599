"""Pure formulae, SI in and out: what physics says, without any programme's names or policies."""
