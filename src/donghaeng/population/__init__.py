"""The people as tables: their schema, their store, how they are read, made, weighted and checked."""
