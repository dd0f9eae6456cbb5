"""The folder of articles: which files it has, and what stands in them."""
