"""The folder of articles: which files it has, and what they say."""
