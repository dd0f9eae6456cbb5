"""Which sentences answer, how well, and whether well enough."""
