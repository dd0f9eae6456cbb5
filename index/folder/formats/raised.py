"""Raised and lowered signs in a line of text: 10 with a raised 6 is 10⁶, and never 106."""

import re

_PLAIN = "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ"
_ABOVE = dict(zip(_PLAIN, _RAISED, strict=True))
_BELOW = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
# What languages raise behind a number, and write beside it where nothing can be raised: 1st, 2e.
_ORDINALS = frozenset({
    "st", "nd", "rd", "th", "e", "er", "ère", "ere", "re", "nde", "de", "d", "ème", "eme", "ième",
    "ieme", "me", "o", "a", "os", "as", "º", "ª", "ter", "bis",
})  # fmt: skip
_NUMBER = re.compile(r"[\dIVXLCDM]\W?\Z")
_SIGNS = {"tm": "™", "sm": "℠", "r": "®", "c": "©"}


def raised(text: str, before: str = "") -> str:
    """Return a raised `text` behind the words `before`.

    In Unicode's raised signs if there are such; else behind a ^, unless it is apart by itself,
    like [1] or an asterisk.
    """
    if text.lower() in _ORDINALS and _NUMBER.search(before):
        return text
    if text.isupper() and text.lower() in _SIGNS:
        return _SIGNS[text.lower()]
    return text if _is_apart(text) else exponent(text)


def lowered(text: str) -> str:
    """Return a lowered `text`: in Unicode's lowered signs if there are such, else behind a _."""
    return text if _is_apart(text) else index(text)


def exponent(text: str) -> str:
    """Return what is raised in a formula, where nothing is the ending of a word."""
    return _moved(text, _ABOVE, "^")


def index(text: str) -> str:
    """Return what is lowered in a formula."""
    return _moved(text, _BELOW, "_")


def _is_apart(text: str) -> bool:
    """Whether a text is apart from what it stands at by itself: [1], an asterisk."""
    words = text.strip()
    return not any(map(str.isalnum, words)) or words[0] in "[*†‡"


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    words = text.strip()
    moved = "".join(signs.get(sign, "") for sign in words)
    if len(moved) < len(words):
        moved = f"{mark}{words}" if words.isalnum() else f"{mark}({words})"
    space = len(text) - len(text.lstrip())
    return f"{text[:space]}{moved}{text[space + len(words) :]}"
