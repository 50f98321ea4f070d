"""Every chart, once: drawn on the server as SVG with a title, a description and its data."""
