"""From evidence to an answer, each statement of it cited."""
