"""The people: households and persons, read, checked, stored."""
