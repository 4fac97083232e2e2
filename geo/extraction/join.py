"""Join what several sentences say of one event; what may be another event stays apart."""

from dataclasses import dataclass, field

from geo.extraction.dates import DateMention
from geo.extraction.lexicon import event_kinds
from geo.extraction.mentions import Mention, Reading
from geo.extraction.places import AT, TYPED, PlaceMention

#: Most sentences from one mention of an event to the next, but in a description of one event.
NEAR = 2
_VIOLENCE = frozenset(("attack", "clash", "explosion", "territory", "protest", "riot"))


@dataclass(slots=True)
class Event:
    """One event, and the sentences that tell of it."""

    mentions: list[Mention] = field(default_factory=list)
    #: Sentences after it that say who claims or denies it.
    said: list[Reading] = field(default_factory=list)
    #: Dates of other sentences, of a description of one event.
    said_dates: list[DateMention] = field(default_factory=list)

    @property
    def families(self) -> set[str]:
        """The families of its triggers but for mere outcomes."""
        kinds = event_kinds()
        return {kinds[m.reading.triggers[n].event].family for m in self.mentions for n in m.triggers} - {"effect"}


def join(mentions: list[Mention], *, short: bool) -> list[Event]:
    """Return the events of an article; ``short`` says that it is a description of one event."""
    events: list[Event] = []
    for mention in mentions:
        held = next((event for event in reversed(events[-3:]) if _same(event, mention, short)), None)
        if held is None:
            events.append(Event([mention]))
        else:
            held.mentions.append(mention)
    return events


def _same(event: Event, mention: Mention, short: bool) -> bool:
    last = event.mentions[-1]
    one, two = last.reading.sentence, mention.reading.sentence
    if mention.separate or (one.number == two.number):
        return False
    if not short and (two.number - one.number > NEAR or (two.paragraph != one.paragraph and _sites(mention))):
        return False
    if not _places_agree(event, mention) or not _dates_agree(event, mention):
        return False
    return short or (_kinds_agree(event, mention) and _refers_back(mention))


def _refers_back(mention: Mention) -> bool:
    """Tell whether a sentence goes on about an event: mere outcomes, or "the attack", "the blast"."""
    triggers = [mention.reading.triggers[n] for n in mention.triggers]
    if all(trigger.is_effect for trigger in triggers):
        return True
    tokens = mention.reading.sentence.tokens
    return any(
        trigger.voice == "noun" and trigger.first and tokens[trigger.first - 1].lower in ("the", "this", "that")
        for trigger in triggers
    )


def _sites(mention: Mention) -> list[PlaceMention]:
    return [place for place in mention.places if place.standing >= TYPED and place.answer.level != "country"]


def _places_agree(event: Event, mention: Mention) -> bool:
    new = [place for place in _sites(mention) if place.standing == AT]
    if not new:
        return True
    known = [place for held in event.mentions for place in _sites(held)]
    if not known:
        return True
    codes = {place.answer.code for place in known}
    return any(place.answer.code in codes or place.answer.code is None for place in new)


def _dates_agree(event: Event, mention: Mention) -> bool:
    known = [found.period for held in event.mentions for found in held.dates]
    if all(mention.reading.triggers[n].is_effect for n in mention.triggers) and all(d.loose for d in mention.dates):
        return True  # "the toll rose the following day"
    new = [found.period for found in mention.dates]
    return not known or not new or any(one.meets(two) for one in known for two in new)


def _kinds_agree(event: Event, mention: Mention) -> bool:
    kinds = event_kinds()
    families = {kinds[mention.reading.triggers[n].event].family for n in mention.triggers}
    if families == {"effect"}:
        return not event.families or bool(event.families & _VIOLENCE)
    return bool((families - {"effect"}) & event.families) or not event.families
