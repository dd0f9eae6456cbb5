"""Mails, .eml: head and text, by Python's own email package; attachments are named, not read."""

import contextlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from index.folder.decoding import decode_as
from index.folder.formats.decoded import decoded
from index.folder.formats.extracted import (
    BREAK,
    Extracted,
    UnreadableError,
    one_line,
    without_controls,
)
from index.folder.formats.markdown import from_html

_SHOWN = ("From", "To", "Cc", "Date")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
# A line of dashes below words would make them a heading: mail programs draw lines so, and begin a
# signature with two dashes.
_RULE = re.compile(r"[ \t]*[-=_*~#]{2,}[ \t]*")
_ENOUGH = 0.5  # of the words of the HTML that the plain text must have, or it is only a notice


def load(data: bytes) -> Extracted:
    """Return a mail's head and text, each quoted paragraph once.

    Raises:
        UnreadableError: it is no mail.
    """
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    if not any(mail.get(name) for name in ("From", "Date", "Subject", "To", "Received")):
        raise UnreadableError("has no head of a mail; save it anew.")
    subject = _header(mail, "Subject")
    attached = [one_line(part.get_filename()) or part.get_content_type() for part in _files(mail)]
    blocks = [
        f"# {subject}" if subject else "",
        "\n".join(f"- {name}: {value}" for name in _SHOWN if (value := _header(mail, name))),
        *_once(_body(mail)),
        "\n".join(f"- Attachment: {name}" for name in attached),
    ]
    return Extracted(
        text=without_controls(BREAK.join(filter(None, blocks))),
        title=subject,
        author=_header(mail, "From"),
        published=_day(mail),
        problem=f"has attachments that are not read: {', '.join(attached)}." if attached else None,
    )


def _header(mail: EmailMessage, name: str) -> str | None:
    """Return a header's value as one line; headers that break the rules may raise anything."""
    with contextlib.suppress(Exception):
        return one_line(str(mail.get(name) or ""))
    return None


def _day(mail: EmailMessage) -> str | None:
    """Return the day on which it was sent, where it was sent."""
    with contextlib.suppress(ValueError, TypeError):
        return parsedate_to_datetime(_header(mail, "Date") or "").date().isoformat()
    return None


def _files(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the attachments; pictures that the text shows are none."""
    with contextlib.suppress(Exception):
        for part in mail.iter_attachments():
            if isinstance(part, EmailMessage) and (
                part.get_filename() or part.get_content_type() == "message/rfc822"
            ):
                yield part


def _body(mail: EmailMessage) -> str:
    """Return the text as Markdown: the plain one, if it says what the formatted one does."""
    plain = _part(mail, "plain")
    html = _part(mail, "html")
    if html is None:
        return _from_plain(plain or "", is_flowed=_is_flowed(mail))
    formatted = from_html(html)
    words = len(_WORD.findall(plain or ""))
    if "<th" in html or words < _ENOUGH * len(_WORD.findall(formatted)) or not words:
        return formatted
    return _from_plain(plain or "", is_flowed=_is_flowed(mail))


def _part(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    if part is None:
        return None
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return None
    try:
        return decode_as(data, part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):  # it names no encoding, or a wrong one
        return decoded(data)


def _is_flowed(mail: EmailMessage) -> bool:
    part = mail.get_body(("plain",))
    return part is not None and part.get_param("format", "") == "flowed"


def _from_plain(text: str, *, is_flowed: bool) -> str:
    """Return a plain text with each quoted paragraph in a line, as Markdown quotes it."""
    blocks: list[str] = []
    depth = 0
    lines: list[str] = []

    def end() -> None:
        if lines:
            joined = " ".join(lines) if depth else "\n".join(lines)
            blocks.append(f"{'> ' * depth}{joined}")
            lines.clear()

    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        level = quoted[0].count(">") if quoted else 0
        words = line[quoted.end() :] if quoted else line
        if level != depth or not words.strip() or _RULE.fullmatch(words):
            end()
            depth = level
        if words.strip() and not _RULE.fullmatch(words):
            if is_flowed and lines and lines[-1].endswith(" "):
                lines[-1] += words.removeprefix(" ")
            else:
                lines.append(words.removeprefix(" ") if is_flowed else words.rstrip())
    end()
    return BREAK.join(blocks)


def _once(text: str) -> Iterator[str]:
    """Yield the paragraphs, without those of a quotation that the mail has before.

    Each reply of a long exchange quotes all that was quoted before it.
    """
    met: set[tuple[str, ...]] = set()
    for block in text.split(BREAK):
        quoted = _QUOTED.match(block)
        words = tuple(_WORD.findall(block))
        if quoted and (words in met or not words):
            continue
        met.add(words)
        yield block.rstrip()
