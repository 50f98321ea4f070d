"""Documents from results: HTML that a browser or a printer takes as it is, and PDF."""
