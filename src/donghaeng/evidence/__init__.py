"""What kind of figure a figure is, where it came from, and whether a claim about it holds."""
