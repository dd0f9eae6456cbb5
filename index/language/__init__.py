"""What a text is written in and of: language, script, sentences, names, figures."""
