"""Sentences of our own, on public facts; the figures come from bench/language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.language import identify

SENTENCES = {
    "en": "The foreign minister of Estonia spoke with her colleague in Washington on Tuesday.",
    "de": "Die Außenministerin sprach am Dienstag mit ihrem Kollegen in Washington über die Lage.",
    "fr": "La ministre a parlé mardi avec son homologue américain de la situation en Ukraine.",
    "es": "La ministra habló el martes con su homólogo estadounidense sobre las sanciones.",
    "pt": "A ministra falou na terça-feira com o seu colega americano sobre as sanções europeias.",
    "ru": "Глава дипломатии обсудила с американским коллегой войну и новые санкции.",
    "uk": "Очільниця дипломатії обговорила з американським колегою війну та нові санкції.",
    "be": "Міністр замежных спраў абмеркаваў з калегам вайну і новыя санкцыі супраць ўлад.",
    "bg": "Министърът обсъди с американския си колега войната и новите санкции срещу Москва.",
    "sr": "Министарка је разговарала са колегом о рату и новим санкцијама, а среће нема.",
    "mk": "Министерката зборуваше со својот колега за војната и за новите санкции од ЕУ, куќа.",
    "kk": "Министр әріптесімен соғыс пен жаңа санкцияларды талқылады, деп хабарлады агенттік.",
    "uz": "Вазир ўз ҳамкасби билан уруш ва янги санкцияларни муҳокама қилди.",
    "id": "Menteri mengatakan kepada wartawan di Jakarta bahwa sanksi baru berlaku mulai Selasa.",
    "no": "Utenriksministeren snakket tirsdag med sin amerikanske kollega om krigen.",
    "zh": "外交部长星期二与美国国务卿通电话，讨论制裁问题。",
    "ja": "外相は火曜日、米国の国務長官と電話で制裁について話し合った。",
    "ko": "외무장관은 화요일 미국 국무장관과 제재 문제를 논의했다.",
    "ar": "تحدثت وزيرة الخارجية يوم الثلاثاء مع نظيرها الأمريكي حول العقوبات الجديدة.",
    "fa": "وزیر امور خارجه روز سه‌شنبه با همتای آمریکایی خود درباره تحریم‌های جدید گفتگو کرد.",
    "ur": "وزیر خارجہ نے منگل کو اپنے امریکی ہم منصب سے نئی پابندیوں پر بات کی ہے۔",
    "ms": "Menteri berkata kepada wartawan di ibu negara bahawa sekatan baharu itu bermula Selasa.",
    "hr": "Ministrica je tijekom tjedna s američkim kolegom razgovarala o ratu i novim sankcijama.",
    "sl": "Ministrica se je v torek z ameriškim kolegom pogovarjala o vojni in novih sankcijah.",
    "cs": "Ministryně v úterý hovořila se svým americkým kolegou o válce a nových sankcích.",
    "sk": "Ministerka v utorok hovorila so svojím americkým kolegom o vojne a nových sankciách.",
    "da": "Udenrigsministeren talte tirsdag med sin amerikanske kollega om krigen og sanktioner.",
    "sv": "Utrikesministern talade på tisdagen med sin amerikanska kollega om kriget.",
    "ca": "La ministra va parlar dimarts amb el seu homòleg americà sobre les noves sancions.",
    "gl": "A ministra falou o martes co seu homólogo estadounidense sobre as novas sancións.",
    "hi": "विदेश मंत्री ने मंगलवार को अपने अमेरिकी समकक्ष से नए प्रतिबंधों पर बात की है।",
    "mr": "परराष्ट्र मंत्र्यांनी मंगळवारी अमेरिकी मंत्र्यांशी नव्या निर्बंधांवर चर्चा केली आहे.",
    "ps": "د بهرنیو چارو وزیرې د سه شنبې په ورځ له خپل امریکایي سیال سره خبرې وکړې.",
    "mn": "Гадаад хэргийн сайд мягмар гарагт америк мэргэжил нэгттэйгээ хориг арга хэмжээний "
    "талаар ярилцсан байна.",
    "ky": "Тышкы иштер министри шейшемби күнү америкалык кесиптеши менен жаңы санкциялар жөнүндө "
    "сүйлөштү.",
    "tg": "Вазири корҳои хориҷӣ рӯзи сешанбе бо ҳамтои амрикоии худ дар бораи таҳримҳо гап зад.",
    "ku": "Wezîra karên derve roja sêşemê bi hevkarê xwe yê amerîkî re li ser cezayên nû axivî.",
    "el": "Η υπουργός μίλησε την Τρίτη με τον Αμερικανό ομόλογό της για τις κυρώσεις.",
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_names_the_language_of_one_sentence(language: str) -> None:
    assert identify(SENTENCES[language], "")[0] == language
    assert identify("", SENTENCES[language])[0] == language


@pytest.mark.parametrize(
    "text",
    ["", " \n", "12:30 — 29.01.2025", "***", "Abc", "https://a.example/b", "Юрист"],
)
def test_too_little_is_undetermined(text: str) -> None:
    language, reason = identify(text, "")
    assert language == "und"
    assert reason


def test_headline_and_body_decide_together() -> None:
    assert identify("Kaja Kallas, Marco Rubio", SENTENCES["uk"])[0] == "uk"


def test_names_in_latin_letters_do_not_outweigh_a_headline() -> None:
    assert identify("Η Apple Watch Series στην Ελλάδα", "")[0] == "el"
    assert identify("Apple Watch Series 5 GPS снова в продаже и дешевле", "")[0] == "ru"


def test_small_words_tell_ekavian_from_croatian() -> None:
    assert identify("Predsednik je posle nedelju dana ceo svet izvestio", "")[0] == "sr"
    assert identify("Predsjednik je prije tjedan dana cijeli svijet izvijestio", "")[0] == "hr"


def test_a_foreign_name_in_passing_does_not_settle() -> None:
    body = " ".join([SENTENCES["ru"]] * 5) + " Об этом пишет «Ліга»."
    assert identify("", body)[0] == "ru"


@given(st.text(), st.text())
def test_any_text_gets_a_tag_and_a_reason(headline: str, body: str) -> None:
    language, reason = identify(headline, body)
    assert 2 <= len(language) <= 3
    assert reason
    assert identify(headline, body) == (language, reason)


@given(st.text(alphabet=st.characters(categories=["Cs", "Lu", "Ll"]), max_size=40))
def test_lone_surrogates_do_no_harm(text: str) -> None:
    assert identify(text, text)[0]
