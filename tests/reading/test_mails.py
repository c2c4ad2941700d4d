"""Mails of our own."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.extractors.plain import PlainExtractor
from tidings.extractors.record import RecordExtractor
from tidings.model import Article, Page, PageId, Reason, Rejected
from tidings.reading.mails import (
    Mail,
    is_mail,
    is_mailbox,
    parse_mail,
)
from tidings.reading.mime import Part
from tidings.reading.refused import Refused

TEXT = """The ministers met in Brussels on Tuesday to talk about the measures that end on Friday.

They agreed to meet again in a week, the office said in a statement.
"""
ITEMS = (
    (
        "Ministers renew the measures against Russia",
        (
            "The ministers of the 27 countries agreed on Monday to prolong the measures for "
            "another six months after Hungary had dropped its veto, officials in Brussels said."
        ),
        "https://paper.example.org/measures",
    ),
    (
        "Kallas asks for more pressure on Moscow",
        (
            "Estonia's former prime minister said that Ukraine needs air defence now and that the "
            "Union has to spend more on it than it does today."
        ),
        "https://far.example.net/pressure",
    ),
    (
        "President of Belarus declared the winner",
        (
            "The commission in Minsk gave him 87 per cent of the vote; his opponents abroad refuse "
            "to recognise the result, as do western governments."
        ),
        "https://third.example.com/minsk",
    ),
    (
        "Shares of chip makers fall",
        (
            "A cheap language model made in China shook the markets on both sides of the Atlantic "
            "and wiped out half a trillion dollars of value in a day."
        ),
        "https://click.paper.example.org/x/9",
    ),
)


def mail(**fields: str) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = "<1@example.org>"
    message["From"] = fields.get("sender", "Press Office <press@paper.example.org>")
    message["Subject"] = fields.get("subject", "Ministers meet")
    message["Date"] = "Tue, 28 Jan 2025 18:02:11 +0100"
    return message


def parsed(message: EmailMessage | bytes) -> Mail:
    data = message if isinstance(message, bytes) else message.as_bytes()
    found = parse_mail(data)
    assert isinstance(found, Mail), found
    return found


def articles(part: Part) -> tuple[Article, ...]:
    page = Page(id=PageId("ab" * 16), name="m.eml", media_type=part.media_type, data=part.data)
    extractor = RecordExtractor() if part.media_type == "application/json" else PlainExtractor()
    found = extractor.extract(page)
    assert not isinstance(found, Rejected), found
    return found


def test_a_mail_is_a_page_with_its_head() -> None:
    message = mail(subject="Міністри зустрілися", sender="Jürgen Beispiel <j@example.org>")
    message.set_content(TEXT, cte="quoted-printable")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="ä.pdf")
    found = parsed(message)
    assert found.subject == "Міністри зустрілися"
    assert found.sender == "Jürgen Beispiel <j@example.org>"
    assert found.sent == "Tue, 28 Jan 2025 18:02:11 +0100"
    own, attached = found.parts
    assert (own.name, own.media_type) == ("", "text/plain")
    assert own.data.decode().startswith("From: Jürgen Beispiel <j@example.org>\nSubject: Міністри")
    assert (attached.name, attached.media_type, attached.data[:4]) == (
        "ä.pdf",
        "application/pdf",
        b"%PDF",
    )
    (article,) = articles(own)
    assert "Міністри" in article.headline
    assert article.published.start
    assert article.published.start.isoformat() == "2025-01-28T17:02:11+00:00"
    assert article.body.startswith("The ministers met")


def test_the_alternative_with_the_substance() -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    assert b"<p>" not in parsed(message).parts[0].data
    message = mail()
    message.set_content("Your program shows no HTML: https://paper.example.org/view")
    message.add_alternative(f"<style>x</style><p>{TEXT}</p><p><a href='https://a.example.org/'>"
                            "more on it</a></p>", subtype="html")  # fmt: skip
    (own,) = parsed(message).parts
    assert b"ministers met" in own.data
    assert b"more on it\nhttps://a.example.org/" in own.data
    assert b"shows no HTML" not in own.data


def newsletter(is_headed: bool) -> EmailMessage:
    tag = "h2" if is_headed else "p"
    rows = "".join(
        f"<table><tr><td><{tag}><a href='{url}'>{headline}</a></{tag}><p>{text}</p>"
        f"<p><a href='{url}#{number}'>Read on here</a></p></td></tr></table>"
        for number, (headline, text, url) in enumerate(ITEMS)
    )
    message = mail(subject="The morning", sender="The Paper <news@paper.example.org>")
    message.set_content("See https://paper.example.org/view")
    message.add_alternative(
        f"<div style='display:none'>hidden</div><h1>The morning</h1>{rows}"
        "<p>You get this since you asked for it. <a href='https://x.example.org/'>Stop</a></p>",
        subtype="html",
    )
    return message


@pytest.mark.parametrize("is_headed", [True, False])
def test_a_newsletter_gives_its_items(is_headed: bool) -> None:
    found = parsed(newsletter(is_headed))
    assert [part.name for part in found.parts] == ["#1", "#2", "#3", "#4"]
    given = [articles(part)[0] for part in found.parts]
    assert [each.headline for each in given] == [headline for headline, _, _ in ITEMS]
    assert [each.body for each in given] == [text for _, text, _ in ITEMS]
    assert [each.links for each in given] == [(url,) for _, _, url in ITEMS]
    assert [each.url for each in given] == [ITEMS[0][2], None, None, None]


def test_a_plain_digest_is_split() -> None:
    message = mail(subject="The morning")
    tails = [url.split("/")[2] for _, _, url in ITEMS]
    pieces = [f"{item[1]}\nRead more at {tail}" for item, tail in zip(ITEMS, tails, strict=True)]
    message.set_content(
        "\n\n".join(pieces) + "\n-- \nTo stop: https://x.example.org/\n", cte="8bit"
    )
    (own,) = parsed(message).parts
    given = articles(own)
    assert [each.publisher for each in given] == tails
    assert b"To stop" not in own.data


def test_a_mail_that_was_forwarded_is_a_part() -> None:
    inner = mail(subject="Inside")
    inner.set_content(TEXT)
    message = mail()
    message.set_content("As you asked.")
    message.add_attachment(inner)
    _, part = parsed(message).parts
    assert (part.name, part.media_type) == ("Inside", "message/rfc822")
    assert parsed(part.data).subject == "Inside"


def test_lines_that_flow_are_joined() -> None:
    data = (
        b"From: a@example.org\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-8; format=flowed\n\none \ntwo\nthree\n"
    )
    assert b"one two\nthree" in parsed(data).parts[0].data


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "x-unknown"])
def test_charsets_that_lie(charset: str) -> None:
    body = "Министры встретились во вторник вечером в Брюсселе, чтобы поговорить о мерах.".encode()
    head = f"From: a@example.org\nContent-Type: text/plain; charset={charset}\n\n"
    assert body in parsed(head.encode() + body).parts[0].data


def test_raw_bytes_in_a_head() -> None:
    data = "From: a@example.org\nSubject: Зустріч міністрів у Брюсселі\n\n".encode() + TEXT.encode()
    assert parsed(data).subject == "Зустріч міністрів у Брюсселі"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.UNSUPPORTED),
        (b"no head at all", Reason.UNSUPPORTED),
        (b"From: a@example.org\nSubject: x\n\n", Reason.NO_TEXT),
        (
            b"From: a@example.org\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx",
            Reason.NO_TEXT,
        ),
        (
            b"From: a@example.org\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\n--x--",
            Reason.NO_TEXT,
        ),
    ],
)
def test_what_has_no_text_has_a_reason(data: bytes, expected: Reason) -> None:
    found = parse_mail(data)
    assert isinstance(found, Refused)
    assert found.reason is expected


def test_mails_are_told_from_letters() -> None:
    assert is_mail(mail().as_bytes())
    assert is_mail(b"Return-Path: <x>\r\nDelivered-To: y\r\n")
    assert not is_mail(b"From: Ann\nSubject: A call\nDate: today\n\nText")
    assert not is_mail(b"<html>")


def test_a_mailbox_begins_with_a_parting_line() -> None:
    one = mail(subject="One").as_bytes()
    assert is_mailbox(b"From a@example.org Tue Jan 28 18:02:11 2025\n" + one)
    assert not is_mailbox(one)


HEADS = st.sampled_from(
    [
        *("From: a@example.org", "Subject: =?utf-8?b?x?=", "Subject: =?x?q?=ff?=", "Date: never"),
        *("Content-Type: multipart/mixed; boundary=x", "Content-Type: message/rfc822", "x" * 80),
        *("Content-Type: multipart/alternative; boundary=x", "Content-Type: text/html", "--x"),
        *(
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: x-uuencode",
            "",
            "--x--",
        ),
        *("Content-Disposition: attachment; filename*=x'y'%zz", "begin 644 x", "=?", "\udcff"),
        *("Content-Type: text/plain; charset*0*=x''%", "From a@b Tue Jan 28 18:02:11 2025"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(HEADS | st.text(max_size=10), max_size=15))
def test_any_mail_ends(lines: list[str]) -> None:
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    is_mail(data)
    found = parse_mail(b"From: a\n" + data)
    for part in () if isinstance(found, Refused) else found.parts:
        if part.media_type == "application/json":
            json.loads(part.data)
