"""Who says it: claims, denials, accusations and hearsay in a sentence."""

from dataclasses import dataclass

from geo.extraction.actors import ActorMention
from geo.extraction.lexicon import phrases
from geo.extraction.mentions import Reading
from geo.extraction.tokens import Token
from geo.model import Status

_NOBODY = frozenset(("no", "nobody", "none", "neither", "not", "n't", "never", "yet"))


@dataclass(frozen=True, slots=True)
class Saying:
    """A word of speech: what it makes of the event, its offsets, and the party that speaks or is spoken of."""

    meaning: str
    start: int
    end: int
    speaker: str | None = None
    speaker_span: tuple[int, int] | None = None
    target: str | None = None
    target_span: tuple[int, int] | None = None


ORDER = ("denied", "claimed", "accused", "suspected", "attributed")
STATUS = {
    "denied": Status.DENIED, "claimed": Status.CLAIMED, "accused": Status.ATTRIBUTED, "suspected": Status.ATTRIBUTED,
    "attributed": Status.ATTRIBUTED,
}  # fmt: skip


def sayings(reading: Reading) -> list[Saying]:
    """Return the words of speech of a sentence that bear on its events."""
    tokens = reading.sentence.tokens
    found: list[Saying] = []
    position = 0
    while position < len(tokens):
        for words, meaning in phrases("speech", "words").get(tokens[position].lower, ()):
            last = position + len(words)
            if tuple(token.lower for token in tokens[position:last]) == words:
                saying = _saying(reading, meaning, position, last)
                if saying is not None:
                    found.append(saying)
                position = last - 1
                break
        position += 1
    found.sort(key=lambda saying: ORDER.index(saying.meaning))
    return found


def _saying(reading: Reading, meaning: str, first: int, last: int) -> Saying | None:
    tokens = reading.sentence.tokens
    if {token.lower for token in tokens[max(0, first - 5) : first]} & _NOBODY and meaning in ("claimed", "denied"):
        return None
    speaker = next(
        (found for found in reversed(reading.actors) if found.last <= first and first - found.last <= 12), None
    )
    if (last < len(tokens) and tokens[last].lower == "by") or (
        first and tokens[first - 1].lower in ("was", "were", "been")
    ):
        speaker, target = None, speaker
        speaker = (
            next((found for found in reading.actors if found.first > last), None) if meaning == "claimed" else None
        )
    else:
        target = next((found for found in reading.actors if found.first >= last), None)
    if meaning == "claimed" and speaker is None and not _has_responsibility(tokens, first, last):
        return None  # an official who claims something is no party
    return Saying(
        meaning, tokens[first].start, tokens[last - 1].end,
        *_named(reading, speaker), *_named(reading, target),
    )  # fmt: skip


def _named(reading: Reading, mention: ActorMention | None) -> tuple[str | None, tuple[int, int] | None]:
    if mention is None:
        return None, None
    return mention.actor.name, reading.sentence.span(mention.first, mention.last - 1)


def _has_responsibility(tokens: list[Token], first: int, last: int) -> bool:
    words = {token.lower for token in tokens[first : last + 2]}
    return bool(words & {"responsibility", "credit"})
