"""Turn the events of an article into templates of MUC-4."""

import re
from datetime import date, timedelta

from benchmarks.muc4_keys import Fill, Template
from benchmarks.muc4_targets import agents_of, names_of, text_of, things
from geo.extraction.actors import ActorMention
from geo.extraction.article import Article
from geo.extraction.attribution import sayings
from geo.extraction.confidence import signs
from geo.extraction.event_types import kind_of
from geo.extraction.groups import Group
from geo.extraction.join import Event
from geo.extraction.mentions import Mention, Reading
from geo.extraction.places import TYPED
from geo.extraction.run import read_events
from geo.extraction.tolls import effect_of
from geo.gazetteer.index import country_names

#: Log-odds, fitted on `dev`, from which an event is answered; those of what a text says of it.
LEAST = -1.1
_WEIGHTS = {
    "": -2.38, "number": 1.16, "civilians": 1.17, "agent": 0.61, "group": 0.55, "outcome": 0.7, "date": 0.05,
    "place": 0.3, "words": 0.31, "nouns only": 0.61, "plural": -0.28, "clash": -1.28, "passive": 0.2,
    "told again": 0.36, "thing": 1.04, "victims": -1.07, "quoted": -0.45, "we": -0.56, "weapon": 0.39, "army": -0.3,
    "today": 0.37, "early": 0.24,
}  # fmt: skip
_KINDS = {"attack": -0.13, "shelling": -1.57, "grenade": -1.02}
COUNTRIES = ("SV", "GT", "HN", "NI", "PA", "CO", "PE", "CL", "BO", "EC", "AR")
_TYPES = {
    "explosion": "BOMBING", "abduction": "KIDNAPPING", "looting": "ROBBERY", "attack": "ATTACK", "effect": "ATTACK",
    "clash": "ATTACK",
}  # fmt: skip
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_FACT = "REPORTED AS FACT"


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
            held = same.slots.get(slot, [Fill([""])])[0].options[0]
            if slot in (2, 3):
                new = fills[0].options[0]
                if (slot == 2 and held.startswith("-") and not new.startswith("-")) or (
                    slot == 3 and new.count(":") > held.count(":")
                ):
                    same.slots[slot] = fills
            elif slot in (4, 5):
                continue
            else:
                same.slots[slot] = same.slots.get(slot, []) + [fill for fill in fills if fill.options[0] not in known]
    return kept


def _is_same(one: Template, two: Template) -> bool:
    """Tell whether two templates may be of one event: no victim, day or place of one contradicts the other's."""
    kinds = {one.slots[4][0].options[0], two.slots[4][0].options[0]}
    if len(kinds) > 1:
        return False
    days = [template.slots[2][0].options[0] for template in (one, two)]
    places = [template.slots[3][0].options[0] for template in (one, two)]
    same_day = days[0] == days[1] or any(day.startswith("-") for day in days)
    same_place = places[0] == places[1] or any(":" not in place for place in places)
    if not (same_day and same_place):
        return False
    for slot in (19, 12):
        told = [{fill.options[0].split()[-1] for fill in template.slots.get(slot, [])} for template in (one, two)]
        if told[0] & told[1]:
            return True
    victims = [bool(template.slots.get(19)) for template in (one, two)]
    return not all(victims)


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
    template.slots[3] = [Fill([_place(event, article)])]
    _organisations(template, event, article)
    _people(template, victims)
    if targets := things(event):
        template.slots[12] = [Fill([words]) for words in targets]
    if names := names_of(event, victims):
        template.slots[18] = [Fill([words]) for words in names]
    if agents := agents_of(event):
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
                text = text_of(group, mention)
                if not group.part and (text not in found or effect):
                    found[text] = (group, mention, effect)
    return list(found.values())


def _is_relevant(event: Event, kind: str, victims: list[tuple[Group, Mention, str]], plural: bool) -> bool:
    sides = {group.side for group, _, _ in victims}
    if sides and sides <= {"militant", "security"} and kind in ("ATTACK", "KIDNAPPING", "BOMBING"):
        words = " ".join(text_of(group, mention).lower() for group, mention, _ in victims)
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


def _place(event: Event, article: Article) -> str:
    for mention in event.mentions:
        for place in sorted(mention.places, key=lambda found: -found.standing):
            answer = place.answer
            if place.standing >= TYPED and answer.known and answer.country in COUNTRIES and answer.level != "country":
                country = country_names()[answer.country].upper()
                head = place.text.upper().split(",")[0].split("(")[0].strip()
                for word in (" CITY", " DEPARTMENT", " PROVINCE", " TOWN", " DISTRICT", " MUNICIPALITY"):
                    head = head.removesuffix(word)
                return f"{country}: {' '.join(head.split())}"
    return _home(event, article)


def _home(event: Event, article: Article) -> str:
    for mention in event.mentions:
        for place in mention.places:
            if place.answer.country in COUNTRIES:
                return country_names()[place.answer.country].upper()
    from geo.extraction.actors import shipped_actors
    from geo.extraction.scope import countries_in

    named = [code for code in countries_in(article.text.title(), shipped_actors(), shouted=True) if code in COUNTRIES]
    return country_names()[named[0]].upper() if named else "-"


def _organisations(template: Template, event: Event, article: Article) -> None:
    readings = {m.reading.sentence.number: m.reading for m in event.mentions}
    found: dict[str, tuple[str, str]] = {}
    for reading in (*readings.values(), *event.said):
        for named in reading.actors:
            if named.actor.side != "militant":
                continue
            start, end = reading.sentence.span(named.first, named.last - 1)
            words = " ".join(article.text[start:end].split()).upper()
            told = _told(reading, named)
            if named.actor.name not in found or (found[named.actor.name][1] == _FACT and told != _FACT):
                found[named.actor.name] = (words, told)
    for words, told in list(found.values())[:2]:
        template.slots.setdefault(10, []).append(Fill([words]))
        template.slots.setdefault(11, []).append(Fill([told], [words]))


def _told(reading: Reading, named: ActorMention) -> str:
    """Return how sure a sentence is that a group did it."""
    start, end = reading.sentence.span(named.first, named.last - 1)
    for saying in sayings(reading):
        if saying.meaning == "claimed" and saying.speaker == named.actor.name:
            return "CLAIMED OR ADMITTED"
        near = min(abs(saying.start - end), abs(start - saying.end)) < 60
        if saying.meaning in ("accused", "suspected", "denied") and (saying.target == named.actor.name or near):
            return "SUSPECTED OR ACCUSED"
    return _FACT


def _people(template: Template, victims: list[tuple[Group, Mention, str]]) -> None:
    for group, mention, effect in victims:
        if group.side == "militant":
            continue
        words = text_of(group, mention)
        template.slots.setdefault(19, []).append(Fill([words]))
        count = group.count
        said = "PLURAL" if count is None or count.value is None else f"{int(count.value)}"
        if count is not None and count.low is None and count.best is not None:
            said = f"~{said}"
        template.slots.setdefault(21, []).append(Fill([said], [words]))
        if effect in ("killed", "injured"):
            template.slots.setdefault(23, []).append(Fill(["DEATH" if effect == "killed" else "INJURY"], [words]))


def _is_told(event: Event, template: Template) -> bool:
    """Tell whether annotators would record an event of which a text says this, by weights fitted on `dev`."""
    words = {token.lower for mention in event.mentions for token in mention.reading.sentence.tokens}
    known = signs(event) | {
        "group": bool(template.slots.get(10)),
        "agent": bool(template.slots.get(9)),
        "outcome": bool(template.slots.get(23)),
        "thing": bool(template.slots.get(12)),
        "victims": bool(template.slots.get(19)),
        "quoted": '"' in words,
        "we": bool(words & {"we", "our", "us", "i"}),
        "weapon": bool(
            words & {"dynamite", "bomb", "explosives", "gunmen", "machine", "shot", "murdered", "kidnapped"}
        ),
        "army": bool(words & {"battalion", "brigade", "troops", "army", "combat"}),
        "today": bool(words & {"today", "yesterday", "tonight", "night", "morning"}),
        "early": event.mentions[0].reading.sentence.number < 4,
    }
    kind, _ = kind_of([m.reading.triggers[n] for m in event.mentions for n in m.triggers])
    total = sum(_WEIGHTS[name] * value for name, value in known.items()) + _KINDS.get(kind.name, 0.0)
    return total >= LEAST
