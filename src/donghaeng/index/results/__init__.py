"""What the index says: ranks, trends, strengths, contributions and distances to targets."""
