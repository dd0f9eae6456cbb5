"""Has a language model answer, in its own words, from the passages that were found."""
