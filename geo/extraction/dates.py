"""Find the dates of a sentence and resolve them to bounds; no day comes out that the text does not hold."""

import re
from dataclasses import dataclass, replace
from datetime import date

from geo.extraction.calendar_days import Period
from geo.extraction.date_patterns import patterns
from geo.extraction.date_rules import RULES, Clock

_BY = re.compile(
    r"\b(by|before|until|till|prior to|up to|no later than)\s+(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?$", re.I
)
_SINCE = re.compile(
    r"\b(since|starting|beginning|from)\s+(?:at least\s+)?(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?$", re.I
)
_AFTER = re.compile(r"\b(after|following)\s+(?:the\s+)?$", re.I)
_FROM = re.compile(r"\b(from|between)\s+(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?$", re.I)
_JOIN = re.compile(
    r"\s*(?:,\s*)?(?:to|until|till|through|and|up to|–|—|-)\s+(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?", re.I
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text.

    ``kind`` is a word of ``geo.model.DateKind``; ``inferred`` says that the year or a bound was worked out; ``loose``
    that it counts from another date or from the day of publication.
    """

    start: int
    end: int
    period: Period
    kind: str
    rule: str
    inferred: bool = False
    loose: bool = False


def find_dates(text: str, start: int, end: int, sentence: int, clock: Clock) -> list[DateMention]:
    """Return the dates of a sentence in the order of the text; ``clock`` is moved to the last full one."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for rule, pattern in patterns():
        for match in pattern.finditer(text, start, end):
            if any(match.start() < e and s < match.end() for s, e in taken) or _is_no_month(match):
                continue
            mention = _resolved(rule, match, sentence, clock)
            if mention is not None:
                taken.append((match.start(), match.end()))
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    found = _with_ranges(found, text)
    for mention in found:
        if (not mention.loose and mention.period.first is not None and mention.period.precision != "range") or (
            mention.rule.endswith("event") and mention.period.first is not None
        ):
            clock.anchor, clock.anchored_at = mention.period.first, sentence
    return [_kind(mention, text, start) for mention in found if mention.rule != "event" or _is_bound(mention, text)]


def _is_bound(mention: DateMention, text: str) -> bool:
    """Tell whether a named event bounds something: "since the takeover"."""
    return bool(
        re.search(r"\b(since|after|following)\s+(?:the\s+)?$", text[max(0, mention.start - 20) : mention.start], re.I)
    )


def _is_no_month(match: re.Match[str]) -> bool:
    """Tell whether "may" or "march" is the verb."""
    groups = match.groupdict()
    month = (groups.get("month") or "").rstrip(".")
    return month in ("may", "march", "mar", "sun", "sat", "dec") and not groups.get("year") and not groups.get("day")


def _resolved(rule: str, match: re.Match[str], sentence: int, clock: Clock) -> DateMention | None:
    groups = match.groupdict()
    try:
        answer = RULES[rule](groups, match, sentence, clock)
    except (ValueError, OverflowError):  # a day or year that the calendar lacks
        answer = None
    if answer is None:
        return None
    period, kind, inferred, loose = answer
    return DateMention(match.start(), match.end(), period, kind, rule, inferred, loose)


def _with_ranges(found: list[DateMention], text: str) -> list[DateMention]:
    """Join "from 15 August 2020 to 14 August 2021" to one mention."""
    joined: list[DateMention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before is None or not _is_range(before, mention, text):
            joined.append(mention)
            continue
        first = before.period
        if before.inferred and not mention.inferred and first.first and mention.period.last:
            first = _in_year(first, mention.period.last.year, mention.period.last)
        joined[-1] = DateMention(
            before.start, mention.end, first.until(mention.period), "throughout", "from one date to another",
            before.inferred and mention.inferred,
        )  # fmt: skip
    return joined


def _in_year(period: Period, year: int, until: date) -> Period:
    for known in (year, year - 1):
        moved = replace(
            period,
            first=period.first and _same_day(period.first, known), last=period.last and _same_day(period.last, known),
        )  # fmt: skip
        if moved.first is None or moved.first <= until:
            return moved
    return period


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _is_range(before: DateMention, after: DateMention, text: str) -> bool:
    # The second of two has its preposition in its own match: "from March to May".
    between = text[before.end : after.end][: max(0, after.start - before.end) + 8]
    joins = bool(_JOIN.match(between)) and after.start - before.end < 12
    opens = bool(_FROM.search(text[max(0, before.start - 30) : before.start + 8].rstrip())) or bool(
        re.match(r"(from|between)\b", text[before.start : before.end], re.I)
    ) or bool(_FROM.search(text[max(0, before.start - 30) : before.start]))  # fmt: skip
    ordered = before.period.first is not None and after.period.last is not None
    return joins and opens and ordered and before.period.first <= after.period.last  # type: ignore[operator]


def _kind(mention: DateMention, text: str, start: int) -> DateMention:
    """Return a date with the meaning that the word before it gives."""
    if mention.kind != "at" and mention.rule != "event":
        return mention
    before = text[max(start, mention.start - 30) : mention.start]
    own = text[mention.start : mention.end]
    lead = before if not re.match(r"(since|by|until|till|before|after|from)\b", own, re.I) else own.split()[0] + " "
    period = mention.period
    if _BY.search(lead):
        return replace(mention, period=Period(None, period.last), kind="by")
    if _SINCE.search(lead):
        return replace(mention, period=Period(period.first, None), kind="since", inferred=mention.inferred)
    if _AFTER.search(lead) and mention.rule in ("event", "month and year", "year"):
        return replace(mention, period=Period(period.first, None), kind="since", inferred=True)
    return mention
