"""What one sentence, or a clause of it, says of one event."""

from dataclasses import dataclass, field

from geo.extraction.actors import ActorMention
from geo.extraction.dates import DateMention
from geo.extraction.groups import Group
from geo.extraction.lexicon import event_kinds
from geo.extraction.numbers import Number
from geo.extraction.places import PlaceMention
from geo.extraction.roles import Roles
from geo.extraction.tokens import Sentence
from geo.extraction.triggers import Trigger


@dataclass(slots=True)
class Reading:
    """All that was found in a sentence."""

    sentence: Sentence
    numbers: list[Number]
    groups: list[Group]
    triggers: list[Trigger]
    assertions: list[str]
    roles: list[Roles]
    actors: list[ActorMention]
    dates: list[DateMention]
    places: list[PlaceMention]

    def offset_of(self, place: int) -> int:
        """Return the offset at which a token starts."""
        return self.sentence.tokens[place].start


@dataclass(slots=True)
class Mention:
    """An event as one sentence tells it: the triggers, and the places and dates that go with them."""

    reading: Reading
    triggers: list[int]
    first: int
    last: int
    places: list[PlaceMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    separate: bool = False

    def main(self) -> Trigger:
        """Return the trigger that says most of what happened."""
        kinds = event_kinds()
        chosen = max(self.triggers, key=lambda n: (kinds[self.reading.triggers[n].event].specific, -n))
        return self.reading.triggers[chosen]
