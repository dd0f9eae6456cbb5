"""The web chat and the routes beside it, in one application."""
