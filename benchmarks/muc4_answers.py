"""Turn the events of an article into templates of MUC-4."""

import re
from datetime import date, timedelta

from benchmarks.muc4_keys import Fill, Template
from benchmarks.muc4_places import COUNTRIES, place_of
from geo.extraction.article import Article
from geo.extraction.attribution import sayings
from geo.extraction.event_types import kind_of
from geo.extraction.groups import Group
from geo.extraction.join import Event
from geo.extraction.lexicon import trigger_forms, word_set
from geo.extraction.mentions import Mention
from geo.extraction.places import TYPED
from geo.extraction.run import read_events
from geo.extraction.tolls import effect_of

#: Fewest things that a text must tell of an event, beside its victims.
LEAST = 2
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
_TYPES = {
    "explosion": "BOMBING", "abduction": "KIDNAPPING", "looting": "ROBBERY", "attack": "ATTACK", "effect": "ATTACK",
    "clash": "ATTACK", "territory": "ATTACK",
}  # fmt: skip
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_CONFIDENCE = {
    "claimed": "CLAIMED OR ADMITTED", "accused": "SUSPECTED OR ACCUSED", "suspected": "SUSPECTED OR ACCUSED",
    "denied": "SUSPECTED OR ACCUSED", "attributed": "REPORTED AS FACT",
}  # fmt: skip


def answers_of(article: Article) -> list[Template]:
    """Return the templates of an article."""
    events, _, _, _ = read_events(article, countries=COUNTRIES)
    found = [template for event in events if (template := _template(event, article)) is not None]
    return _merged(found)


def _merged(templates: list[Template]) -> list[Template]:
    """Join templates of one type with the same victims or place and date, as a text tells of one event again."""
    kept: list[Template] = []
    for template in templates:
        same = next((held for held in kept if _is_same(held, template)), None)
        if same is None:
            kept.append(template)
            continue
        for slot, fills in template.slots.items():
            known = {fill.options[0] for fill in same.slots.get(slot, [])}
            if slot in (2, 3, 4, 5):
                same.slots.setdefault(slot, fills)
            else:
                same.slots[slot] = same.slots.get(slot, []) + [fill for fill in fills if fill.options[0] not in known]
    return kept


def _is_same(one: Template, two: Template) -> bool:
    kinds = {one.slots[4][0].options[0], two.slots[4][0].options[0]}
    if len(kinds) > 1:
        return False
    victims = [{fill.options[0] for fill in template.slots.get(19, [])} for template in (one, two)]
    return bool(victims[0] & victims[1]) or not victims[0] or not victims[1]


def _template(event: Event, article: Article) -> Template | None:
    triggers = [m.reading.triggers[n] for m in event.mentions for n in m.triggers]
    kind, best = kind_of(triggers)
    found = "ARSON" if kind.name == "arson" else _TYPES.get(kind.family)
    if found is None:
        return None
    victims = _victims(event)
    if not _is_relevant(event, found, victims, best.plural):
        return None
    day = _day(event, article)
    if day is None:
        return None
    template = Template(article.id, {4: [Fill([found])], 5: [Fill(["ACCOMPLISHED"])], 2: [Fill([day])]})
    template.slots[3] = [Fill([place_of(event, article)])]
    _organisations(template, event, article)
    _people(template, victims)
    if targets := things(event):
        template.slots[12] = [Fill([words]) for words in targets]
    if names := _names(event, victims):
        template.slots[18] = [Fill([words]) for words in names]
    if agents := _agents(event):
        template.slots[9] = [Fill([words]) for words in agents]
    if not _is_told(event, template):
        return None
    return template


def _victims(event: Event) -> list[tuple[Group, Mention, str]]:
    found: dict[str, tuple[Group, Mention, str]] = {}
    for mention in event.mentions:
        for n in mention.triggers:
            effect = effect_of(mention.reading.triggers[n]) or ""
            for group in mention.reading.roles[n].patients:
                text = _text(group, mention)
                if not group.part and (text not in found or effect):
                    found[text] = (group, mention, effect)
    return list(found.values())


def _text(group: Group, mention: Mention) -> str:
    number = group.number
    first = number.last if number is not None and number.last <= group.head else group.first
    tokens = mention.reading.sentence.tokens
    words = " ".join(token.text for token in tokens[min(first, group.last - 1) : group.last]).upper()
    for lead in ("THE ", "A ", "AN ", "OF ", "OTHER ", "SEVERAL "):
        words = words.removeprefix(lead)
    return words


def _is_relevant(event: Event, kind: str, victims: list[tuple[Group, Mention, str]], plural: bool) -> bool:
    sides = {group.side for group, _, _ in victims}
    if sides and sides <= {"militant", "security"} and kind in ("ATTACK", "KIDNAPPING", "BOMBING"):
        words = " ".join(_text(group, mention).lower() for group, mention, _ in victims)
        if not re.search(r"polic|guard|general|colonel|major|escort", words) and not (
            kind == "BOMBING" and things(event)
        ):
            return False
    if not victims and kind == "ATTACK" and not things(event):
        return False
    return not (plural and not victims and not things(event))


def _day(event: Event, article: Article) -> str | None:
    issued = date.fromisoformat(article.published) if article.published else None
    for mention in event.mentions:
        for found in mention.dates:
            first, last = found.period.first, found.period.last
            if first is None or last is None or found.kind in ("since", "by"):
                continue
            if issued and (issued - last).days > 70:
                return None
            if first == last:
                return _shown(first)
            if (last - first) <= timedelta(days=31):
                return f"{_shown(first)} - {_shown(min(last, issued) if issued else last)}"
    return f"- {_shown(issued)}" if issued else "-"


def _shown(day: date) -> str:
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}"


def _organisations(template: Template, event: Event, article: Article) -> None:
    readings = {m.reading.sentence.number: m.reading for m in event.mentions}
    said = [saying for reading in (*readings.values(), *event.said) for saying in sayings(reading)]
    spans: dict[str, tuple[int, int]] = {}
    for reading in (*readings.values(), *event.said):
        for named in reading.actors:
            if named.actor.side == "militant":
                spans.setdefault(named.actor.name, reading.sentence.span(named.first, named.last - 1))
    for _, (start, end) in list(spans.items())[:2]:
        words = " ".join(article.text[start:end].split()).upper()
        template.slots.setdefault(10, []).append(Fill([words]))
        told = next((_CONFIDENCE[saying.meaning] for saying in said), "REPORTED AS FACT")
        template.slots.setdefault(11, []).append(Fill([told], [words]))


def _people(template: Template, victims: list[tuple[Group, Mention, str]]) -> None:
    for group, mention, effect in victims:
        if group.side == "militant":
            continue
        words = _text(group, mention)
        template.slots.setdefault(19, []).append(Fill([words]))
        count = group.count
        said = "PLURAL" if count is None or count.value is None else f"{int(count.value)}"
        if count is not None and count.low is None and count.best is not None:
            said = f"~{said}"
        template.slots.setdefault(21, []).append(Fill([said], [words]))
        if effect in ("killed", "injured"):
            template.slots.setdefault(23, []).append(Fill(["DEATH" if effect == "killed" else "INJURY"], [words]))


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


def _names(event: Event, victims: list[tuple[Group, Mention, str]]) -> list[str]:
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


def _agents(event: Event) -> list[str]:
    found: dict[str, None] = {}
    for mention in event.mentions:
        for n in mention.triggers:
            for group in mention.reading.roles[n].agents:
                found[_text(group, mention)] = None
    return list(found)[:3]


def _is_told(event: Event, template: Template) -> bool:
    """Tell whether a text tells of an event rather than mentions it: with a day, a place or named victims."""
    dated = any(mention.dates for mention in event.mentions)
    placed = any(
        place.standing >= TYPED and place.answer.code for mention in event.mentions for place in mention.places
    )
    marks = dated + placed + bool(template.slots.get(18)) + bool(template.slots.get(9)) + bool(template.slots.get(10))
    marks += bool(template.slots.get(23)) + bool(template.slots.get(12))
    return marks >= LEAST
