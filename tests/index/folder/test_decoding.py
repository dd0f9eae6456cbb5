"""A file's text is what Python's text mode reads with the encoding that was found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings
from index.folder.decoding import NotTextError, decode, decode_as, doubt

CORPUS = Settings().corpus_dir
_LANGUAGES = {"gb18030": "zh-*.md", "cp1252": "es-*.md", "latin-1": "it-*.md"}
# A byte-order mark at the start of a text looks like the file's own.
_CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufeff"
)


def articles(pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob(pattern))]


@given(st.text(_CHARACTERS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *_LANGUAGES],
)
def test_opening_the_file_with_the_encoding_gives_the_text(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    for text in articles(_LANGUAGES.get(encoding, "*-*.md")):
        # An old code page lacks some signs, and so does an article saved in it.
        data = text.replace("\n", line_end).encode(encoding, "ignore")
        decoded, found = decode(data)
        file = tmp_path / "article.md"
        file.write_bytes(data)
        assert decoded == file.read_text(encoding=found) == decode_as(data, found)
        assert decoded == text.encode(encoding, "ignore").decode(encoding).lstrip("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except NotTextError:
        return
    assert decode_as(data, encoding) == text
    assert "\0" not in text
    assert "\r" not in text


@pytest.mark.parametrize(
    "text",
    [
        "It costs 20€ – the year’s best “deal” so far, they say; nobody else had anything like it.",
        "At 20°C the plates are 50 µm wide, and it takes three hours until they are dry again.",
        "La città è più cara di un anno fa, dicono i commercianti del centro storico di Torino.",
    ],
)
def test_a_few_western_letters_are_not_taken_for_another_script(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_a_broken_byte_in_utf8_is_named_not_guessed_around() -> None:
    data = "Perché la città è così lontana?".encode()
    with pytest.raises(NotTextError, match="broken byte at 10"):
        decode(data[:10] + b"\xff" + data[10:])


_TEXTS = {
    "en": "The harbour’s gate – it costs “20 €” – is closed at ten, the year’s best café says.",
    "fr": "La porte du port est fermée à dix heures, où l’été a déjà commencé, ça c’est sûr.",
    "de": "Das Hafentor schließt täglich um zehn; die Kräne müssen früher aufhören, weiß er.",
    "es": "La puerta del puerto se cierra cada mañana; el año pasado cerró más tarde, ¿sí?",
    "da": "Havnens port lukkes hver aften klokken ti og åbnes på ny, så ræven ser det.",
    "pl": "Brama portu zamyka się każdego wieczoru o dziesiątej; dźwig podnosi czterdzieści ton.",
    "cs": "Brána přístavu se zavírá každý večer v deset; jeřáb zvedá na nábřeží čtyřicet tun.",
    "hu": "A kikötő kapuját minden este tíz órakor zárják; a daru őrzője húsz éve dolgozik itt.",
    "hr": "Vrata luke zatvaraju se svake večeri u deset; žene i djeca ulaze besplatno, čuvar šuti.",
    "ru": "Ворота порта закрываются каждый вечер в десять часов, а утром открываются в шесть.",
    "el": "Η πύλη του λιμανιού κλείνει κάθε βράδυ στις δέκα και ανοίγει ξανά το πρωί.",
    "tr": "Liman kapısı her akşam saat onda kapanır ve sabah altıda yeniden açılır, dedi şoför.",
    "he": "שער הנמל נסגר מדי ערב בשעה עשר ונפתח בבוקר בשש, והעגורן מרים ארבעים טונות.",
    "ja": "港の門は毎晩十時に閉まり、朝六時に再び開きます。クレーンは四十トンを持ち上げます。",
    "zh": "港口的大门每天晚上十点关闭，早上六点重新开放。起重机把四十吨货物吊上码头。",
    "tw": "港口的大門每天晚上十點關閉，早上六點重新開放。起重機把四十噸貨物吊上碼頭。",
    "ko": "항구의 문은 매일 저녁 열 시에 닫히고 아침 여섯 시에 다시 열립니다.",
}
_ENCODINGS = {
    "en": ("cp1252",),
    "fr": ("cp1252", "latin-1", "cp850", "mac-roman"),
    "de": ("cp1252", "latin-1", "cp850", "cp437", "mac-roman"),
    "es": ("cp1252", "latin-1", "cp850", "mac-roman"),
    "da": ("cp1252", "latin-1", "mac-roman"),
    "pl": ("cp1250", "iso8859-2", "cp852"),
    "cs": ("cp1250", "iso8859-2", "cp852"),
    "hu": ("cp1250", "iso8859-2", "cp852"),
    "hr": ("cp1250", "iso8859-2", "cp852"),
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "el": ("cp1253", "iso8859-7"),
    "tr": ("cp1254", "iso8859-9"),
    "he": ("cp1255", "iso8859-8"),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030",),
    "tw": ("big5",),
    "ko": ("euc_kr", "cp949"),
}
_PAIRS = [(language, name) for language, names in _ENCODINGS.items() for name in names]


@pytest.mark.parametrize(("language", "encoding"), _PAIRS)
def test_code_pages_are_told_apart_by_what_the_text_would_be(language: str, encoding: str) -> None:
    data = _TEXTS[language].encode(encoding, "ignore")
    decoded, _ = decode(data)
    assert decoded == data.decode(encoding)


def test_unicode_is_never_in_doubt() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert doubt("Ö".encode(encoding)) is None
    assert doubt(_TEXTS["pl"].encode("cp1250")) is None


def test_what_two_encodings_would_read_as_likely_is_said() -> None:
    # Romanian's ș and ş are one letter, and each of the two encodings has another of them.
    said = doubt("Orașul își închide porțile; dimineața le deschide.".encode("iso8859-16"))
    assert said is not None
    assert "does not state its encoding: read as " in said
    assert said.endswith("; save it as UTF-8.")


def test_what_is_too_short_to_tell_is_read_as_systems_of_today_write_it() -> None:
    said = doubt("Qué año".encode("cp1252"))
    assert said is not None
    assert "read as cp1252, and it is too short to tell" in said


def test_colours_of_a_terminal_are_no_encoding() -> None:
    assert decode(b"\x1b[31mred\x1b[0m, it says\n") == ("\x1b[31mred\x1b[0m, it says\n", "utf-8")
