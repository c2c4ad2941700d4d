"""Any bytes end as text or as a reason."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Reason
from tidings.reading.charset import (
    Decoded,
    Undecoded,
    decode,
    decode_fully,
    find_declared,
    find_kind,
)
from tidings.reading.labels import find_codec

RUSSIAN = "Глава дипломатии обсудила с американским коллегой войну и новые санкции. " * 4
FRENCH = "La ministre a été reçue à Évreux, où l'été est très chaud, après un long détour. " * 4
JAPANESE = "外相は火曜日、米国の国務長官と電話で制裁について話し合った。" * 4
CHINESE = "外交部长星期二与美国国务卿通电话，讨论制裁问题。" * 4


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-32"),
        (FRENCH, "cp1252"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "same", "windows-1251", "base64", "bogus"])
def test_the_declared_charset_rules_unless_the_bytes_contradict_it(
    text: str, charset: str, declared: str | None
) -> None:
    claim = charset if declared == "same" else declared
    assert decode(text.encode(charset), claim) == text


def test_utf8_wins_over_any_claim() -> None:
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}'
    assert decode(page.encode()) == page
    assert decode(b"\xef\xbb\xbf" + page.encode()) == page


def test_the_head_names_the_charset() -> None:
    assert find_declared(b'<html><meta charset="KOI8-R">') == "KOI8-R"
    content = b'<META http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert find_declared(content) == "windows-1251"
    assert find_declared(b'<?xml version="1.0" encoding="euc-jp"?>') == "euc-jp"
    assert find_declared(b"<p>charset=none") is None


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0", b"\xef\xbb\xbf", "\u00a0\n".encode()])
def test_nothing_is_empty(data: bytes) -> None:
    assert reason(data) == Reason.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n0000",
        b"PK\x03\x04abc",
        b"\x1f\x8b\x08abc",
        bytes(range(32)) * 9,
    ],
)
def test_other_files_are_binary(data: bytes) -> None:
    assert reason(data) == Reason.BINARY


def test_noise_is_rejected() -> None:
    noise = b"".join(bytes([n * n % 256, n * 7 % 256, n * n * n % 251]) for n in range(999))
    assert reason(noise) in (Reason.BINARY, Reason.ENCODING)


def test_a_cut_character_is_named() -> None:
    assert reason(RUSSIAN.encode()[:-3]) == Reason.TRUNCATED
    assert reason(b'<meta charset="utf-8">caf\xc3') == Reason.TRUNCATED
    assert reason(b"\xef\xbb\xbfcaf\xc3") == Reason.TRUNCATED


def test_one_broken_byte_does_not_lose_the_page() -> None:
    data = bytearray(RUSSIAN.encode())
    data[101] = 0xFF
    text = decode(bytes(data))
    assert isinstance(text, str)
    assert text.startswith(RUSSIAN[:40])


def test_nul_and_controls_are_dropped() -> None:
    assert decode(b"<p>one\0 two\x08 three four five six seven eight nine") == (
        "<p>one two three four five six seven eight nine"
    )


def test_short_latin_is_not_taken_for_chinese() -> None:
    assert decode("café".encode("cp1252")) == "café"


@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
def test_any_bytes_end(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    if isinstance(found, str):
        assert found.strip()
        assert "\0" not in found
        assert unicodedata.is_normalized("NFC", found)
    else:
        assert found.detail


@given(st.text(min_size=1, alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_utf8_comes_back_in_nfc(text: str) -> None:
    found = decode(text.encode())
    if isinstance(found, str):
        assert found == unicodedata.normalize("NFC", text)
    else:
        assert found.reason == Reason.EMPTY or find_kind(text.encode())


@given(st.text(min_size=2), st.sampled_from(["utf-8", "utf-16", "cp1251", "koi8-r", "gb18030"]))
def test_cutting_anywhere_ends(text: str, charset: str) -> None:
    data = text.encode(charset, "ignore")
    for length in range(len(data)):
        decode(data[:length])


def reason(data: bytes) -> Reason | None:
    found = decode(data)
    return found.reason if isinstance(found, Undecoded) else None


def test_a_header_that_the_bytes_contradict_is_overruled_and_said() -> None:
    found = decode_fully(RUSSIAN.encode(), "windows-1251")
    assert isinstance(found, Decoded)
    assert (found.text, found.charset) == (RUSSIAN, "utf-8")
    assert "overruled header: 'windows-1251'" in found.ground
    data = f'<meta charset="koi8-r"><p>{RUSSIAN}'.encode("koi8-r")
    found = decode_fully(data, "utf-8")
    assert isinstance(found, Decoded)
    assert (found.charset, RUSSIAN in found.text) == ("koi8-r", True)
    assert found.ground == "page's head says 'koi8-r'; overruled header: 'utf-8'"


def test_a_header_that_fits_is_said() -> None:
    found = decode_fully(RUSSIAN.encode("cp1251"), "Windows-1251")
    assert isinstance(found, Decoded)
    assert (found.text, found.ground) == (RUSSIAN, "header says 'Windows-1251'")
    found = decode_fully(RUSSIAN.encode(), "UTF-8")
    assert isinstance(found, Decoded)
    assert found.ground == "the bytes are UTF-8"


def test_escapes_are_told() -> None:
    for declared in (None, "utf-8", "iso-2022-jp"):
        assert decode(JAPANESE.encode("iso2022_jp"), declared) == JAPANESE


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("x-sjis", "cp932"),
        (' "Windows-1251" ', "cp1251"),
        ("latin1", "cp1252"),
        ("utf8", "utf-8"),
        ("win-1251", "cp1251"),
        ("nothing such", None),
        ("a\0b", None),
    ],
)
def test_labels(label: str, codec: str | None) -> None:
    assert find_codec(label) == codec


def test_a_piece_in_another_charset_does_not_lose_the_page() -> None:
    piece = "été".encode().decode("cp1252")
    text = f"<meta charset=iso-8859-1><p>{FRENCH[:80]} {piece} {FRENCH[80:160]}"
    assert decode(text.encode("cp1252")) == text
