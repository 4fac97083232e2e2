"""Patterns of dates in English text."""
# ruff: noqa: E501  # a pattern is read as one line

import re
from functools import lru_cache

from geo.extraction.lexicon import number_words, words_of

_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_SHORT = r"(?P<year>(?:1[5-9]|2[01])\d\d|'?\d\d(?!\d|:|,\d|\.\d|%| ?[a-z]))"
_DASH = r"\s*(?:-|–|—|to|and|through|until|or)\s*"


@lru_cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the rules by name, those that say more before those that say less."""
    months = "|".join(sorted(words_of("dates", "word", "value", "month"), key=len, reverse=True))
    days = "|".join(words_of("dates", "word", "value", "weekday"))
    events = "|".join(re.escape(word) for word in sorted(words_of("dates", "word", "value", "event"), key=len)[::-1])
    month = rf"(?P<month>\b(?:{months})\b\.?)"
    number = rf"(?P<number>\d{{1,3}}|an?|{'|'.join(number_words())}|couple of|few|several|two-and-a-half)"
    unit = r"(?P<unit>day|week|month|year)s?"
    part = r"(?:(?P<part>early|mid|late|the beginning of|beginning of|the end of|end of|the start of)[-\s]+(?:in\s+)?)?"
    table = (
        ("days of a month", rf"\b{_DAY.format('day')}{_DASH}{_DAY.format('other')},?\s+(?:of\s+)?{month}(?:,?\s+{_SHORT})?"),
        ("days of a month", rf"{month}\s+{_DAY.format('day')}{_DASH}{_DAY.format('other')}(?!\d|\s*(?:{months}))(?:,?\s+{_YEAR})?"),
        ("day and month", rf"\b{_DAY.format('day')}\s*-?\s*(?:of\s+)?{month}(?:-|,?\s+(?:of\s+)?){_SHORT}"),
        ("day and month", rf"\b{_DAY.format('day')}\s+(?:of\s+)?{month}(?!\s+\d{{4}})"),
        ("day and month", rf"{month}\s+{_DAY.format('day')}(?!\d|[,.]\d|:)(?:,?\s+(?:of\s+)?{_YEAR})?"),
        ("month and year", rf"\b{part}{month},?\s+(?:of\s+)?(?:the\s+year\s+)?{_YEAR}"),
        ("day in figures", r"\b(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)\b"),
        ("day in figures", r"\b(?P<one>\d{1,2})(?P<sign>[/.])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)\b"),
        ("years", r"\b(?P<year>(?:19|20)\d\d)\s*(?:-|–|/)\s*(?P<other>(?:19|20)?\d\d)\b(?![-–/]\d)"),
        ("decade", r"\b(?:the\s+)?(?P<year>(?:19|20)\d0)s\b"),
        ("since an event", rf"\b(?:the\s+)?(?:last\s+|past\s+)?{number}\s+{unit}\s+since\s+(?:the\s+)?(?P<event>{events})"),
        ("after an event", rf"\b(?:just\s+|only\s+)?{number}\s+{unit}\s+after\s+(?:the\s+)?(?P<event>{events})"),
        ("event", rf"\b(?P<event>{events})"),
        ("time ago", rf"\b{number}\s+{unit}\s+ago\b"),
        ("time later", rf"\b{number}\s+{unit}\s+(?P<way>later|after|earlier|before|previously)\b"),
        ("last stretch", rf"\b(?:the\s+)?(?:last|past|previous|recent)\s+{number}\s+{unit}\b"),
        ("first stretch", rf"\b(?:the\s+)?first\s+{number}\s+{unit}\s+of\b"),
        ("recent", rf"\b(?:recent|past few|last few|past several)\s+{unit}\b"),
        ("last", rf"\b(?P<which>last|this|earlier this|previous)\s+{unit}\b"),
        ("next day", r"\b(?:the\s+)?(?P<way>next|following|previous|same|day before)\s*(?:day|morning|evening|night|afternoon)?\b(?<=day|ing|ght|oon|ore)"),
        ("named day", r"\b(?P<which>today|tonight|yesterday|last night|last evening|this morning|this afternoon|this evening|day before yesterday)\b"),
        ("weekday", rf"\b(?:(?P<which>last|this|on|early|late|past)\s+)?(?P<weekday>{days})(?!['’]s)\b(?:\s+(?:last week|(?P<week>week)))?"),
        ("month", rf"\b(?P<which>in|during|since|of|until|till|by|through|from|to|and|last|this|early|mid|late|between|before|after)[\s-]+(?:the\s+month\s+of\s+)?{month}(?!\s*\d)"),
        ("year", rf"\b(?:in|during|since|of|by|until|till|from|early|mid|late|to|and|between|year|before|after|through|summer|winter|spring|autumn|fall|throughout|around|end of)[\s-]+(?:the\s+year\s+)?{_YEAR}\b(?!\s*(?:people|men|women|civilians|soldiers))"),
    )  # fmt: skip
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table)
