"""The frontier of many reforms: what each costs, what it brings, and which are not dominated."""
