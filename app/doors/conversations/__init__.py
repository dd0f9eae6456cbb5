"""Conversations that outlive the page and the program, ratings of their answers, and exports."""
