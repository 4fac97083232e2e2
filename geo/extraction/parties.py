"""The parties of an event: who acted, and against or upon whom, in the words of the text or the name of the table."""

from dataclasses import dataclass

from geo.extraction.groups import Group
from geo.extraction.lexicon import word_set
from geo.extraction.mentions import Mention, Reading

#: Name of people who are no party, as records have it.
CIVILIANS = "Civilians"


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its name, side, and the offsets of the words."""

    name: str
    side: str
    start: int
    end: int
    rule: str


def parties_of(mention: Mention) -> tuple[list[Party], list[Party]]:
    """Return who acted and who was acted upon."""
    reading = mention.reading
    agents: list[Party] = []
    patients: list[Party] = []
    for n in mention.triggers:
        trigger, roles = reading.triggers[n], reading.roles[n]
        both = trigger.event in ("clash", "regain") and trigger.voice == "noun" and len(roles.patients) > 1
        agents += [_party(reading, group, "subject") for group in (roles.patients[:1] if both else roles.agents)]
        patients += [_party(reading, group, "object") for group in (roles.patients[1:] if both else roles.patients)]
        agents += _named_agents(mention, n)
        patients += _named_patients(mention, n)
    agents, patients = _distinct(agents), _distinct(patients)
    names = {party.name for party in agents}
    return agents, [party for party in patients if party.name not in names or party.name == CIVILIANS]


def _distinct(parties: list[Party]) -> list[Party]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.name, party)
    # A name says more than "militants" of the same side.
    named = {party.side for party in found.values() if party.rule.startswith("name")}
    return [party for party in found.values() if party.rule.startswith("name") or party.side not in named]


def _party(reading: Reading, group: Group, rule: str) -> Party:
    for mention in reading.actors:
        if group.first <= mention.first < group.last:
            start, end = reading.sentence.span(mention.first, mention.last - 1)
            return Party(mention.actor.name, mention.actor.side, start, end, f"name within the {rule}")
    tokens = reading.sentence.tokens
    first = group.number.last if group.number is not None and group.number.last <= group.head else group.first
    while first < group.head and (
        tokens[first].lower in word_set("determiner") or tokens[first].lower in ("of", *word_set("more"))
    ):
        first += 1
    start, end = reading.sentence.span(first, group.last - 1)
    if group.side in ("civilian", "unknown"):
        return Party(CIVILIANS, "civilian", start, end, f"people who are no party, {rule}")
    text = " ".join(token.text for token in tokens[first : group.last])
    return Party(text, group.side, start, end, f"people of a side, {rule}")


def _named_agents(mention: Mention, n: int) -> list[Party]:
    """Return the named actors that do something: before an active verb, after "by", before a noun ("ISKP attack")."""
    reading, trigger = mention.reading, mention.reading.triggers[n]
    tokens = reading.sentence.tokens
    found = []
    for named in reading.actors:
        between = [token.lower for token in tokens[named.last : trigger.first]]
        after = [token.lower for token in tokens[trigger.last : named.first]]
        by = (
            named.first > trigger.last - 1
            and after[-1:] in (["by"], ["the"])
            and "by" in after[-2:]
            and len(after) <= 12
        )
        before = (
            named.last <= trigger.first
            and _leads_to(between, trigger.voice)
            and (
                not named.first
                or tokens[named.first - 1].lower not in ("against", "on", "of", "between", "with", "from", "to", "in")
            )
        )
        if by or before:
            start, end = reading.sentence.span(named.first, named.last - 1)
            found.append(
                Party(named.actor.name, named.actor.side, start, end, "name after by" if by else "name as subject")
            )
    return found


def _leads_to(between: list[str], voice: str) -> bool:
    if voice == "passive" or len(between) > 12 or ";" in between:
        return False
    if voice == "noun":
        return (
            len(between) <= 4 and not set(between) & {",", "in", "on", "against", "of", "for", "after", "by"}
        ) or bool(
            set(between)
            & {
                "launched",
                "conducted",
                "staged",
                "perpetrated",
                "undertook",
                "carried",
                "undertaken",
                "mounted",
                "initiated",
                "claimed",
                "intensified",
                "increased",
                "waged",
            }
        )
    return not set(between) & {"by", "said", "told", "against"}


def _named_patients(mention: Mention, n: int) -> list[Party]:
    """Return the named actors that something is done to: "attacks on Taliban officials", "fought the Taliban"."""
    reading, trigger = mention.reading, mention.reading.triggers[n]
    tokens = reading.sentence.tokens
    found = []
    for named in reading.actors:
        after = [token.lower for token in tokens[trigger.last : named.first]] if named.first >= trigger.last else None
        to = after is not None and len(after) <= 5 and not set(after) & {"by", ",", ".", "said", "in", "after"}
        if trigger.voice == "passive":
            between = (
                [token.lower for token in tokens[named.last : trigger.first]] if named.last <= trigger.first else None
            )
            to = between is not None and len(between) <= 4 and not set(between) & {"by", ","}
        if to and (
            trigger.voice != "noun" or (after and set(after) & {"on", "against", "targeting", "with", "of", "between"})
        ):
            start, end = reading.sentence.span(named.first, named.last - 1)
            found.append(Party(named.actor.name, named.actor.side, start, end, "name as object"))
    return found
