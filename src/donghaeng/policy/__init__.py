"""What a policy would do: simulation, take-up, labour supply."""
