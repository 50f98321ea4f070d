"""What a policy would do: reforms simulated on a population, with or without a response of behaviour."""
