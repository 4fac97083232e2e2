"""The dateline of an article: where and when it was sent, which is not where and when something happened."""

import re
from datetime import date

from geo.extraction.article import Article
from geo.extraction.date_rules import Clock
from geo.extraction.dates import find_dates

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}\s+{_MONTH}(?:\s+\d{{2,4}})?|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
_END = r"(?:--|—|–|-\s|:)"
_DATELINES = (
    # SAN SALVADOR, 3 JAN 90 (EFE) -- ; New Delhi, Dec 11:
    re.compile(rf"[^\W\d_][^\n:;.]{{1,60}}?,\s*{_DATE}\b[^\n.:—–]{{0,80}}?{_END}\s*", re.IGNORECASE),
    # KABUL (Reuters) - ; ISLAMABAD:
    re.compile(rf"[^\W\d_a-z][^\n:;.a-z]{{2,40}}(?:\s*\([^)\n]{{2,30}}\))?\s*{_END}\s+(?=\S)"),
)
#: Paragraphs that may open with a dateline.
FIRST = 5


def dateline_end(article: Article) -> int:
    """Return the offset at which the text behind the dateline begins, 0 where there is none."""
    for paragraph in article.paragraphs[:FIRST]:
        for pattern in _DATELINES:
            found = pattern.match(article.text, paragraph.start, min(paragraph.end, paragraph.start + 200))
            if found and (pattern is _DATELINES[0] or found[0] != found[0].lower()):
                return found.end()
    return 0


def sent_on(article: Article, behind: int) -> date | None:
    """Return the day that a dateline gives, for an article whose day of publication is not known."""
    days = [found.period for found in find_dates(article.text, 0, behind, 0, Clock())]
    return days[0].first if days and days[0].precision == "day" else None
