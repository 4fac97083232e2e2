"""Join what several sentences say of one event; what may be another event stays apart."""

from dataclasses import dataclass, field

from geo.extraction.lexicon import event_kinds
from geo.extraction.mentions import Mention, Reading
from geo.extraction.places import AT, TYPED, PlaceMention

#: Most sentences between two mentions of one event.
FAR = 3


@dataclass(slots=True)
class Event:
    """One event, and the sentences that tell of it."""

    mentions: list[Mention] = field(default_factory=list)
    #: Sentences after it that say who claims or denies it.
    said: list[Reading] = field(default_factory=list)

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
    if not short and (two.number - one.number > FAR or two.paragraph - one.paragraph > 1):
        return False
    if not _places_agree(event, mention) or not _dates_agree(event, mention):
        return False
    return short or _kinds_agree(event, mention)


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
    new = [found.period for found in mention.dates]
    return not known or not new or any(one.meets(two) for one in known for two in new)


def _kinds_agree(event: Event, mention: Mention) -> bool:
    kinds = event_kinds()
    families = {kinds[mention.reading.triggers[n].event].family for n in mention.triggers}
    if families == {"effect"}:
        return True
    return bool((families - {"effect"}) & event.families) or not event.families
