"""A message without what tells who wrote it: addresses, numbers, accounts, names that are told.

It takes out what can be known by its form. A name dropped in passing ("ask Li Hua") cannot be, so
whoever reads the result still has to look at it.
"""

from __future__ import annotations

import re
from functools import cache

from conference.vocabulary import load_vocabulary

_CONTACTS = re.compile(
    r"""
    (?:https?://|www\.)[!-~]+                # ends where Chinese begins, with or without a space
  | [\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+     # an e-mail address
  | (?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|cn|org|net|edu|gov|io|ru|de|me|info)(?![a-z0-9])(?:/[!-~]*)?
  | (?<![a-z0-9])@[a-z0-9_]{2,}              # a handle
  | (?:\bmy\s|我的|加)?(?:(?<![a-z])(?:qq|wechat|weixin|vx|whatsapp|telegram|skype)|微信|v信)
    \s*(?:号码?|id|number|account)?\s*(?:[:：是为]|is\b)?\s*(?=[\w-]*[\d_])[a-z0-9_-]{4,}
  | \+\s?\d[\d\s().-]{6,}\d                  # +86 138 0013 8000
  | (?<!\d)\(?[0０]\d{2,3}\)?[\s-]?\d{7,8}(?!\d) # 0755-12345678
  | (?<!\d)1[3-9]\d[\s-]\d{4}[\s-]\d{4}(?!\d)
  | (?<!\d)8[\s-]?\(?\d{3}\)?[\s-]?\d{3}[\s-]\d{2}[\s-]\d{2}(?!\d)
  | (?<!\d)\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)
  | (?<![a-z0-9])[a-z]{0,2}\d{7,}x?          # a telephone, a card, a passport
  | [零〇一二三四五六七八九幺]{7,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HAN = r"[\u4e00-\u9fff]"
_NAMES = (
    # to the end of the clause, or three words: people write "my name is li hua" too
    re.compile(
        r"\b(?:(?:my (?:full |first |last |family )?name(?:'s|’s| is)|i am called|i[’']m called)"
        r"(?:\s+(?!(?:and|but|from|i|im|i'm|we|an?|the|looking)\b)[\w'’.-]+){1,3})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:[Cc]all me|[Tt]his is|[Nn]ame:)(?:\s+[A-ZÀ-ÞА-Я][\w'’-]*){1,3}"),
    re.compile(
        r"(?:(?:best|kind|warm) regards|yours (?:sincerely|truly|faithfully)).*", re.I | re.S
    ),
    re.compile(
        r"(?:我(?:的(?:英文)?名字(?:叫|是)|的?姓名[:：是]|名叫|叫)|姓名[:：]|[本俺]人?叫)\s*"
        rf"(?:{_HAN}+(?:·{_HAN}+)+"  # 伊万·彼得罗夫
        rf"|{_HAN}{{2,4}}?(?=[，,。.;；!！?？\s]|$|[是想要来在从今毕找有我请])"
        rf"|{_HAN}{{2,3}}"
        r"|[A-Za-z][A-Za-z'’.-]*(?: [A-Z][A-Za-z'’.-]*){0,2})"
    ),
    re.compile(rf"(?:我|免贵)姓{_HAN}"),
)
_I_AM = re.compile(
    r"\b[Ii](?:['’]m| am)((?: [A-ZÀ-ÞА-Я][a-zß-ÿа-я'’-]+){1,3})(?=\s*(?:[,.;!]|from\b|$))"
)


def without_names(text: str) -> str:
    """The text on one line, without what is told above; nothing may be left."""
    text = _CONTACTS.sub(" ", text)
    for told in _NAMES:
        text = told.sub(" ", text)
    text = _I_AM.sub(lambda match: match[0] if _is_nationality(match[1]) else " ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([,，、;；。.!！?？])(?:\s*[,，、;；])+", r"\1", text)
    text = re.sub(r"\s+(?=[,，、;；。!！?？])", "", text)
    return text.strip().lstrip(" ,，、.。;；:：!！").rstrip(" ,，、:：")


def _is_nationality(words: str) -> bool:
    """Whether one of the words is: "I'm Russian" tells no name."""
    return not _nationalities().isdisjoint(words.casefold().split())


@cache
def _nationalities() -> frozenset[str]:
    countries = load_vocabulary().countries.values()
    return frozenset(
        each.casefold() for country in countries for each in country.demonyms.get("en", ())
    )
