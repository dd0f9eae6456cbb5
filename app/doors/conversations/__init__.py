"""Conversations that outlive the page and the program, what was thought of them, and exports."""
