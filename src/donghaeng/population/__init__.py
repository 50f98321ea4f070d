"""The people as tables: households and persons, how they are read, stored, made and calibrated."""
