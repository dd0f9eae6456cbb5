"""The encoder that turns texts into vectors."""
