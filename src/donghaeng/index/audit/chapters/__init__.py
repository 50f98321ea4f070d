"""The chapters of the document of an audit: each makes tables, charts and sentences of one part of the result."""
