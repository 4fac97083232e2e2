"""Named groups, forces and states in a sentence, by the table of names and those that a user adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from geo.extraction.lexicon import rows
from geo.extraction.tokens import Token, tokenize

SIDES = ("militant", "security", "civilian", "unknown")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor: the name that records use, its side, and the country it is at home in (empty for none)."""

    name: str
    side: str
    country: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A name of an actor from token ``first`` to ``last`` (excluded)."""

    first: int
    last: int
    actor: Actor


Table = dict[str, list[tuple[tuple[str, ...], Actor, bool]]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.lower for token in tokenize(text, 0, len(text)))


@lru_cache
def shipped_actors() -> Table:
    """Return the actors that come with geo, by the first word of each of their names."""
    return _table(
        (Actor(row["name"], row["side"], row["country"]), row["aliases"].split("|"))
        for row in rows("actors", ("name", "side", "country", "aliases"))
    )


def _table(actors: Iterable[tuple[Actor, list[str]]]) -> Table:
    found: Table = {}
    for actor, names in actors:
        for name in names:
            words = _words(name)
            if words:
                # An abbreviation is one only in capitals: "is", "arm".
                found.setdefault(words[0], []).append((words, actor, name.isupper() and len(words) == 1))
    for held in found.values():
        held.sort(key=lambda entry: -len(entry[0]))
    return found


def actor_table(extra: Iterable[tuple[str, str, Iterable[str]]] = ()) -> Table:
    """Return the shipped actors with a user's own before them: (name, side, other names)."""
    own = _table((Actor(name, side, ""), [name, *aliases]) for name, side, aliases in extra)
    if not own:
        return shipped_actors()
    merged = {word: list(held) for word, held in own.items()}
    for word, held in shipped_actors().items():
        merged[word] = sorted(merged.get(word, []) + held, key=lambda entry: -len(entry[0]))
    return merged


def find_actors(tokens: list[Token], table: Table, *, shouted: bool) -> list[ActorMention]:
    """Return the actors that a sentence names, in order; of names that overlap the longest."""
    found: list[ActorMention] = []
    position = 0
    while position < len(tokens):
        mention = _at(tokens, position, table, shouted)
        if mention is None:
            position += 1
            continue
        found.append(mention)
        position = mention.last
    return found


def _at(tokens: list[Token], position: int, table: Table, shouted: bool) -> ActorMention | None:
    for words, actor, capitals in table.get(tokens[position].lower, ()):
        last = position + len(words)
        if tuple(token.lower for token in tokens[position:last]) != words:
            continue
        if not shouted and (tokens[position].text.islower() or (capitals and not _is_capitals(tokens[position].text))):
            continue
        return ActorMention(position, last, actor)
    return None


def _is_capitals(text: str) -> bool:
    return sum(sign.isupper() for sign in text) * 2 > len(text)
