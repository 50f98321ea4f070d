"""The index: how the city does, and how sure we are."""
