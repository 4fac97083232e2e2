"""What an event was done to and by whom, as the templates of MUC-4 name it: things, people, names."""

from geo.extraction.groups import Group
from geo.extraction.join import Event
from geo.extraction.lexicon import trigger_forms, word_set
from geo.extraction.mentions import Mention
from geo.extraction.tolls import effect_of

_THINGS = frozenset(
    [
        "bridge",
        "embassy",
        "bus",
        "buses",
        "vehicle",
        "vehicles",
        "car",
        "cars",
        "truck",
        "trucks",
        "house",
        "houses",
        "home",
        "homes",
        "office",
        "offices",
        "headquarters",
        "building",
        "buildings",
        "bank",
        "banks",
        "pipeline",
        "pipelines",
        "tower",
        "towers",
        "pylons",
        "posts",
        "store",
        "stores",
        "shop",
        "shops",
        "hotel",
        "hotels",
        "restaurant",
        "residence",
        "residences",
        "church",
        "churches",
        "school",
        "schools",
        "university",
        "train",
        "railroad",
        "factory",
        "plant",
        "installations",
        "facilities",
        "consulate",
        "plantation",
        "plantations",
        "farm",
        "warehouse",
        "supermarket",
        "theater",
        "jeep",
        "ambulance",
        "transformers",
        "substation",
        "dam",
        "refinery",
        "refineries",
        "legation",
        "establishments",
    ]
)


def text_of(group: Group, mention: Mention) -> str:
    number = group.number
    first = number.last if number is not None and number.last <= group.head else group.first
    tokens = mention.reading.sentence.tokens
    words = " ".join(token.text for token in tokens[min(first, group.last - 1) : group.last]).upper()
    for lead in ("THE ", "A ", "AN ", "OF ", "OTHER ", "SEVERAL "):
        words = words.removeprefix(lead)
    return words


def things(event: Event) -> list[str]:
    """Return the buildings, vehicles and installations in the sentences of an event."""
    found: dict[str, None] = {}
    for mention in event.mentions:
        tokens = mention.reading.sentence.tokens
        for place in range(mention.first, mention.last):
            if tokens[place].lower in _THINGS:
                first = place
                while first > mention.first and place - first < 4 and _modifies(tokens[first - 1].lower):
                    first -= 1
                found[" ".join(token.text for token in tokens[first : place + 1]).upper()] = None
    return list(found)[:4]


def _modifies(word: str) -> bool:
    return word not in word_set("stop") and word[0].isalpha() and word not in trigger_forms()


def names_of(event: Event, victims: list[tuple[Group, Mention, str]]) -> list[str]:
    """Return the names that stand behind the nouns for victims: MAYOR JOSE PEREZ."""
    found = []
    for group, mention, _ in victims:
        tokens = mention.reading.sentence.tokens
        last = group.last
        while last < len(tokens) and last - group.last < 4 and _modifies(tokens[last].lower):
            last += 1
        if not group.plural and last > group.last:
            found.append(" ".join(token.text for token in tokens[group.last : last]).upper())
    for mention in event.mentions:
        for n in mention.triggers:
            trigger = mention.reading.triggers[n]
            if trigger.voice != "passive" or effect_of(trigger) is None or mention.reading.roles[n].patients:
                continue
            tokens = mention.reading.sentence.tokens
            last = trigger.first
            while last > 0 and tokens[last - 1].lower in ("was", "were", "been", "had", "has"):
                last -= 1
            first = last
            while first > 0 and last - first < 4 and _modifies(tokens[first - 1].lower):
                first -= 1
            if last - first >= 2:
                found.append(" ".join(token.text for token in tokens[first:last]).upper())
    return found


def agents_of(event: Event) -> list[str]:
    found: dict[str, None] = {}
    for mention in event.mentions:
        for n in mention.triggers:
            for group in mention.reading.roles[n].agents:
                found[text_of(group, mention)] = None
    return list(found)[:3]
