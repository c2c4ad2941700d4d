"""English names of languages, by their first BCP 47 subtag (ISO 639)."""

from __future__ import annotations

UNKNOWN = "und"
_TABLE = """
af Afrikaans,am Amharic,ar Arabic,az Azerbaijani,be Belarusian,bg Bulgarian,bn Bengali,
bs Bosnian,ca Catalan,ceb Cebuano,cs Czech,cy Welsh,da Danish,de German,el Greek,en English,
eo Esperanto,es Spanish,et Estonian,eu Basque,fa Persian,fi Finnish,fil Filipino,fr French,
ga Irish,gl Galician,gu Gujarati,ha Hausa,he Hebrew,hi Hindi,hr Croatian,hu Hungarian,
hy Armenian,id Indonesian,ig Igbo,is Icelandic,it Italian,ja Japanese,jv Javanese,ka Georgian,
kk Kazakh,km Khmer,kn Kannada,ko Korean,ku Kurdish,ckb Central Kurdish,ky Kyrgyz,la Latin,
lb Luxembourgish,lo Lao,lt Lithuanian,lv Latvian,mg Malagasy,mk Macedonian,ml Malayalam,
mn Mongolian,mr Marathi,ms Malay,mt Maltese,my Burmese,nb Norwegian,ne Nepali,nl Dutch,
nn Norwegian Nynorsk,no Norwegian,oc Occitan,or Odia,pa Punjabi,pl Polish,ps Pashto,
pt Portuguese,ro Romanian,ru Russian,sd Sindhi,si Sinhala,sk Slovak,sl Slovenian,so Somali,
sq Albanian,sr Serbian,sv Swedish,sw Swahili,ta Tamil,te Telugu,tg Tajik,th Thai,tk Turkmen,
tl Tagalog,tr Turkish,tt Tatar,ug Uyghur,uk Ukrainian,ur Urdu,uz Uzbek,vi Vietnamese,yi Yiddish,
yo Yoruba,zh Chinese,zu Zulu
"""
NAMES = dict(entry.strip().split(" ", 1) for entry in _TABLE.split(","))


def name_language(tag: str) -> str:
    """``pt-BR`` is Portuguese (BR); a language without a name here is its tag."""
    first, _, rest = tag.partition("-")
    if first.lower() in (UNKNOWN, ""):
        return "language unknown"
    name = NAMES.get(first.lower(), first)
    return f"{name} ({rest})" if rest else name
