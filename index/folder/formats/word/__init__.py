"""The steps that read a Word document: its parts, what of it is seen, and that as Markdown."""
