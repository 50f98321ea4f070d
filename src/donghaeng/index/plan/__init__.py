"""The plan cycle of the ordinance (§6-§10): programmes, the yearly action plan, and priorities."""
