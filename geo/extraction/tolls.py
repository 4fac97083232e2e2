"""The dead and the injured of an event: what is summed, what is part of something, what contradicts."""

from dataclasses import dataclass, field

from geo.extraction.groups import Group
from geo.extraction.lexicon import event_kinds
from geo.extraction.mentions import Mention, Reading
from geo.extraction.numbers import Number
from geo.extraction.triggers import Trigger

_TOTALS = ("death toll",)
_MORE = frozenset(("also", "another", "additional", "additionally", "further"))
_LIVES = frozenset(("claimed", "claiming", "claim", "claims", "took", "taking", "cost", "costing", "lost"))


@dataclass(frozen=True, slots=True)
class Part:
    """People killed or injured: their number (None: a plural without one), side, and offsets of the words."""

    number: Number | None
    side: str
    start: int
    end: int
    part: bool = False
    total: bool = False
    more: bool = False


@dataclass(slots=True)
class Toll:
    """Low, best and high figure; None where the text leaves a bound open. ``parts`` are what they are summed from."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def said(self) -> bool:
        """Whether there is any figure."""
        return (self.low, self.best, self.high) != (None, None, None)


def parts_of(mention: Mention, effect: str) -> list[Part]:
    """Return what a sentence says of the ``killed``, ``injured``, ``abducted`` or ``arrested`` of its event."""
    found: dict[Group, Part] = {}
    others: list[Part] = []
    for n in mention.triggers:
        trigger = mention.reading.triggers[n]
        if effect_of(trigger) != effect:
            continue
        patients = mention.reading.roles[n].patients
        own = [
            group
            for group in mention.reading.groups
            if trigger.voice == "noun" and group.first <= trigger.first < group.last and group.number is not None
        ]
        for group in own or patients:
            found.setdefault(group, _part(mention, group, trigger))
        others += _without_people(mention, trigger, bool(own or patients))
    if effect == "killed":
        for group in _lives(mention):
            found.setdefault(group, _part(mention, group, None))
    return [*found.values(), *others]


def effect_of(trigger: Trigger) -> str | None:
    """Return what a trigger does to people: killed, injured, abducted, arrested or None."""
    if trigger.word in ("casualty", "execution", "capture") and trigger.voice == "noun":
        return None
    family = {"death": "killed", "killing": "killed", "assassination": "killed", "mob": "killed", "injury": "injured"}
    found = family.get(trigger.event) or {"abduction": "abducted", "arrest": "arrested"}.get(trigger.event)
    return None if trigger.word in ("lynch", "mob") and trigger.voice == "noun" else found


def _part(mention: Mention, group: Group, trigger: Trigger | None) -> Part:
    tokens = mention.reading.sentence.tokens
    start, end = mention.reading.sentence.span(group.first, group.last - 1)
    words = {token.lower for token in tokens[max(0, group.first - 2) : group.last + 1]}
    total = trigger is not None and trigger.word in ("fatality", *_TOTALS)
    return Part(group.count, group.side, start, end, group.part, total, bool(words & _MORE))


def _without_people(mention: Mention, trigger: Trigger, has_people: bool) -> list[Part]:
    """Return the parts that no noun for people gives: a toll, the attacker himself, somebody named."""
    tokens = mention.reading.sentence.tokens
    after = [token.lower for token in tokens[trigger.last : trigger.last + 2]]
    if trigger.word in _TOTALS:
        for number in mention.reading.numbers:
            if trigger.last <= number.first <= trigger.last + 8:
                start, end = mention.reading.sentence.span(number.first, number.last - 1)
                return [Part(number, "unknown", start, end, total=True)]
    if trigger.voice in ("active", "participle") and after[:1] and after[0] in ("himself", "herself", "him", "her"):
        token = tokens[trigger.last]
        return [
            Part(
                Number(trigger.last, trigger.last + 1, 1, 1, 1),
                "militant" if "self" in after[0] else "unknown",
                token.start,
                token.end,
            )
        ]
    if not has_people and (span := named_patient(mention, trigger)):
        # The verb is the evidence: names of victims are not extracted.
        start, end = mention.reading.sentence.span(trigger.first, trigger.last - 1)
        return [Part(Number(span[0], span[1] + 1, 1, 1, 1), "unknown", start, end)]
    return []


def named_patient(mention: Mention, trigger: Trigger) -> tuple[int, int] | None:
    """Return the first and last token of the name of somebody who suffers the event."""
    reading = mention.reading
    tokens = reading.sentence.tokens
    taken = {place for actor in reading.actors for place in range(actor.first, actor.last)}
    taken |= {place for found in reading.places for place in range(found.first, found.last)}
    if all(token.text.isupper() for token in tokens if len(token.text) > 3):
        return None
    if trigger.voice in ("active", "participle"):
        first = last = trigger.last
        while last < len(tokens) and _is_name(reading, last, taken):
            last += 1
        return (first, last - 1) if last - first >= 2 else None
    if trigger.voice != "passive":
        return None
    last = trigger.first - 1
    while last >= 0 and tokens[last].lower in (
        "was",
        "were",
        "been",
        "has",
        "had",
        "have",
        "being",
        "is",
        "reportedly",
        "also",
        "later",
    ):
        last -= 1
    first = last
    while first >= 0 and _is_name(reading, first, taken):
        first -= 1
    return (first + 1, last) if last - first >= 2 else None


def _is_name(reading: Reading, place: int, taken: set[int]) -> bool:
    tokens = reading.sentence.tokens
    return place not in taken and tokens[place].is_capital and tokens[place].text[0].isalpha()


def _lives(mention: Mention) -> list[Group]:
    """Return the groups of "claimed 12 lives" and "the bodies of three men were found"."""
    tokens = mention.reading.sentence.tokens
    words = {token.lower for token in tokens[mention.first : mention.last]}
    found = []
    for group in mention.reading.groups:
        head = tokens[group.head].lower
        before = {token.lower for token in tokens[max(0, group.first - 4) : group.first]}
        if head in ("lives", "life") and before & _LIVES and group.number is not None:
            found.append(group)
        if head in ("bodies", "body", "corpses", "corpse") and words & {"found", "discovered", "recovered"}:
            found.append(group)
        if head in ("casualties", "fatalities", "deaths") and group.count is not None and group.count.value == 0:
            found.append(group)
    return found


def toll(parts: list[Part]) -> Toll:
    """Return the figures of some parts of one sentence."""
    whole = [part for part in parts if not part.part] or parts
    totals = [part for part in whole if part.total and part.number is not None]
    whole = totals[-1:] or _without_breakdown(whole)
    known = [part.number for part in whole if part.number is not None]
    if not known:
        return Toll(parts=parts)
    positive = [number for number in known if number.value]
    known = positive or known
    is_open = len(positive) < len([part for part in whole if part.number is None or part.number.value])
    low = [number.low for number in known if number.low is not None]
    best = [number.best for number in known]
    high = [number.high for number in known]
    return Toll(
        int(sum(low)) if low else None,
        None if None in best else int(sum(filter(None, best))),
        None if None in high or is_open else int(sum(filter(None, high))),
        parts,
    )


def _without_breakdown(parts: list[Part]) -> list[Part]:
    """Leave out the parts that the first one sums up: "nine people, three women and six children"."""
    counts = [part.number.best if part.number is not None else None for part in parts]
    if len(parts) < 2 or None in counts:
        return parts
    return parts[:1] if counts[0] == sum(filter(None, counts[1:])) and len(parts) > 2 else parts


def is_people_event(event: str) -> bool:
    """Tell whether an event is one in which people are hurt, taken or held."""
    return event_kinds()[event].family in ("attack", "effect", "abduction", "arrest")
