"""National law of the Republic of Korea."""
