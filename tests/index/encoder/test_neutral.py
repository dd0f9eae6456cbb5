"""The neutral sentences are of every language of the corpus, and each stands once."""

from collections import Counter

from index.encoder.neutral import neutral_sentences
from index.language.detection import detect_language


def test_each_language_has_some_sentences_and_none_stands_twice() -> None:
    found = neutral_sentences()
    assert len(set(found)) == len(found)
    assert all(sentence == sentence.strip() != "" for sentence in found)
    counts = Counter(detect_language(sentence) for sentence in found)
    assert all(counts[language] >= 5 for language in ("en", "it", "es", "zh"))
