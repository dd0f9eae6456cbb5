"""Numbers as automatic numbering writes them: 3, c, iii, 三."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_HAN_DIGITS = "〇一二三四五六七八九"
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_MOST = 4000  # what is beyond is written in digits


def counted(number: int, form: str | None) -> str:
    """Return a number in a form by its name in Word; in digits if the form is not known.

    >>> [counted(28, form) for form in ("decimal", "lowerLetter", "upperRoman")]
    ['28', 'bb', 'XXVIII']
    """
    if not 0 < number < _MOST:
        return "" if form == "none" else str(number)
    match form:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter":
            return _cased(_letters(number, _LATIN), form)
        case "russianLower" | "russianUpper":
            return _cased(_letters(number, _RUSSIAN), form)
        case "lowerRoman" | "upperRoman":
            return _cased(_roman(number), form)
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
            return f"{number}{ending}"
        case "numberInDash":
            return f"- {number} -"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalEnclosedParen" if number <= 20:
            return chr(0x2474 + number - 1)
        case "decimalEnclosedFullstop" if number <= 20:
            return chr(0x2488 + number - 1)
        case "ideographTraditional" if number <= len(_STEMS):
            return _STEMS[number - 1]
        case "ideographZodiac" if number <= len(_BRANCHES):
            return _BRANCHES[number - 1]
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_HAN_DIGITS[int(digit)] for digit in str(number))
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
        ):
            return _han(number).removeprefix("一" if 10 <= number < 20 else "")
        case _:
            return str(number)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.lower().startswith("upper") or form.endswith("Upper") else text


def _letters(number: int, alphabet: str) -> str:
    """Return the letter of a number; after the last one all are doubled, then trebled."""
    times, letter = divmod(number - 1, len(alphabet))
    return alphabet[letter] * (times + 1)


def _han(number: int) -> str:
    text = ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += _HAN_DIGITS[digit] + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _roman(number: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        times, number = divmod(number, amount)
        text += letters * times
    return text
