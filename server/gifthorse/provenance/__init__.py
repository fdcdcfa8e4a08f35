"""Pure: which text came from where, and where it is now."""
