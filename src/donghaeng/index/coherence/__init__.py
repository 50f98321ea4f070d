"""Is the index statistically sound: description, correlations, reliability and components."""
