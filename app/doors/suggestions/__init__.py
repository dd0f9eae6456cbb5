"""Questions to begin with and to ask next, from the articles, after a check that these answer."""
