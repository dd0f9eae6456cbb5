"""Which characters belong to scripts with capitals, and which to scripts without spaces."""

import re
from unicodedata import east_asian_width

# Each of these three is the inside of a character class.
CASED = "A-Za-zÀ-ɏͰ-֏Ḁ-῿"  # letters of Latin, Greek, Cyrillic, Armenian
CAPITAL = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())  # not Armenian
# Han with its extensions, kana, and the half-width forms; Hangul puts spaces between words.
WIDE = (
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WIDE_WEIGHT = 3  # a Chinese character carries about as many tokens as three Latin ones
_RUN = re.compile(f"[{WIDE}]+")
_WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+")


def is_wide(character: str) -> bool:
    """Whether a character stands for about a word's part, as in Chinese or Japanese."""
    return _RUN.match(character) is not None


def is_square(character: str) -> bool:
    """Whether a character fills a square: Chinese, Japanese or Korean, and their punctuation."""
    return east_asian_width(character) in ("W", "F")


def are_set_apart(pair: str) -> bool:
    """Whether two characters get a gap between them that is no space: 年2, 2月, but not "1. 年"."""
    squares = [is_square(each) for each in pair]
    return any(squares) and all(
        is_full or each.isalnum() for is_full, each in zip(squares, pair, strict=True)
    )


def weight(text: str) -> int:
    """Return the length of `text` in Latin letters: how many would carry about as many tokens."""
    return len(text) + (WIDE_WEIGHT - 1) * sum(map(is_wide, text))


def words(text: str) -> list[str]:
    """Return the words and figures of `text` in small letters, each such character as a word.

    >>> words("用Trainium 3训练")
    ['用', 'trainium', '3', '训', '练']
    """
    return _WORD.findall(text.casefold())


def bigrams(text: str) -> str:
    """Return `text` with each run of such characters spelled as overlapping pairs.

    >>> bigrams("用Trainium训练模型")
    ' 用 Trainium 训练 练模 模型 '
    """

    def spell(match: re.Match[str]) -> str:
        run = match[0]
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        return f" {' '.join(pairs)} "

    return _RUN.sub(spell, text)
