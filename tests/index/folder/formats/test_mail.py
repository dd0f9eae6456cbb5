"""A mail gives its head and its text; what it quotes twice is there once."""

from email.message import EmailMessage

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.mail import load


def mail(text: str = "The kiosk closes at five.\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    headers = {
        "From": "Ada Bérg <ada@example.org>",
        "To": "Bo <bo@example.org>",
        "Date": "Wed, 03 Dec 2025 23:30:00 -0500",
        "Subject": "Der Kiosk – schließt früher",
    } | headers
    for name, value in headers.items():
        made[name] = value
    made.set_content(text)
    return made


def test_the_head_is_known_and_part_of_the_text() -> None:
    read = load(bytes(mail()))
    assert (read.title, read.author, read.published) == (
        "Der Kiosk – schließt früher", "Ada Bérg <ada@example.org>", "2025-12-03"
    )  # fmt: skip
    assert read.text.split("\n\n") == [
        "# Der Kiosk – schließt früher",
        "- From: Ada Bérg <ada@example.org>\n- To: Bo <bo@example.org>\n"
        "- Date: Wed, 03 Dec 2025 23:30:00 -0500",
        "The kiosk closes at five.",
    ]


def test_a_quoted_paragraph_is_there_once() -> None:
    text = """Agreed.

On Tuesday Bo wrote:
> It closes at six,
> not at five.
>
> On Monday Ada wrote:
> > It closes at five.
>
> It closes at six,
> not at five.

--
Ada, tel. 1234
"""
    assert load(bytes(mail(text))).text.split("\n\n")[2:] == [
        "Agreed.",
        "On Tuesday Bo wrote:",
        "> It closes at six, not at five.",
        "> On Monday Ada wrote:",
        "> > It closes at five.",
        "Ada, tel. 1234",
    ]


def test_attachments_are_named_and_not_read() -> None:
    made = mail()
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Fees 2025.pdf")
    read = load(bytes(made))
    assert read.text.endswith("- Attachment: Fees 2025.pdf")
    assert read.problem == "has attachments that are not read: Fees 2025.pdf."


def test_of_two_forms_of_the_text_one_is_read() -> None:
    made = mail()
    made.add_alternative("<p>The <b>kiosk</b> closes at five.</p>", subtype="html")
    assert load(bytes(made)).text.count("kiosk closes") == 1
    made = mail("Your program shows no HTML.\n")
    rows = "<tr><th>Day</th><th>Hour</th></tr><tr><td>Monday</td><td>5</td></tr>"
    made.add_alternative(f"<style>p {{}}</style><table>{rows}</table>", subtype="html")
    assert load(bytes(made)).text.endswith("| Day | Hour |\n| --- | --- |\n| Monday | 5 |")


def test_lines_that_a_program_wrapped_are_joined_where_it_says_so() -> None:
    made = mail("It closes \nat five.\nAlways.\n")
    made.set_param("format", "flowed")
    assert load(bytes(made)).text.endswith("It closes at five.\nAlways.")


@pytest.mark.parametrize("charset", ["", "; charset=nonsense", "; charset=us-ascii"])
def test_letters_in_an_encoding_that_is_not_stated_are_kept(charset: str) -> None:
    head = f"From: a@example.org\nSubject: x\nContent-Type: text/plain{charset}\n\n".encode()
    assert load(head + "Qué año".encode("latin-1")).text.endswith("Qué año")
    assert load(head + "Qué año".encode()).text.endswith("Qué año")


def test_what_is_no_mail_is_named() -> None:
    with pytest.raises(UnreadableError, match="has no head of a mail"):
        load(b"The kiosk closes at five.")
