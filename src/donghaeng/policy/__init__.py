"""What a policy would do: simulated before anybody is paid. Every figure is a simulation, never an effect."""
