"""Characters of the fonts Symbol and Wingdings, which have codes of their own."""

import re
import sys

# By their codes from 32 on, 32 a line; a space where a code has no character.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ "
    "                                "
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "
)
# Hands, signs of the zodiac and the like are left out: they say nothing in a sentence.
_WINGDINGS = {
    0x21: "✏",
    0x22: "✂",
    0x28: "☎",
    0x29: "✆",
    0x2A: "✉",
    0x36: "⌛",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x80 + digit: chr(0x2460 + digit - 1) for digit in range(1, 11)},  # ① to ⑩
    **{0x8B + digit: chr(0x2776 + digit - 1) for digit in range(1, 11)},  # ❶ to ❿
    0x80: "⓪",
    0x8B: "⓿",
}
_FONTS = {
    "symbol": {0x20 + i: character for i, character in enumerate(_SYMBOL) if character != " "},
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0xA3: "□"},
}
_PRIVATE = 0xF000  # documents write the codes of such fonts above this
# Unicode leaves these to the fonts, so that in others nobody can tell what is seen.
_OWN_CODES = re.compile("[\ue000-\uf8ff]")


def symbol(code: int, font: str) -> str:
    """Return the character with a code in a font; nothing if it is not known."""
    if font.lower() in _FONTS:
        own = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code
        return _FONTS[font.lower()].get(own, "")
    return _OWN_CODES.sub("", chr(code)) if code <= sys.maxunicode else ""


def in_font(text: str, font: str | None) -> str:
    """Return a text with the characters that are seen in its font."""
    return _OWN_CODES.sub(lambda own: symbol(ord(own[0]), font or ""), text)
