"""Whether a trigger tells of something that happened: not what is denied, planned, feared or usual."""

from geo.extraction.lexicon import phrases, word_set
from geo.extraction.tokens import Token
from geo.extraction.triggers import Trigger

#: Tokens before a trigger in which a cue bears on it.
WINDOW = 8
_DOES_HAPPEN = (
    "managed",
    "began",
    "continued",
    "able",
    "helped",
    "forced",
    "started",
    "used",
    "proceeded",
    "decided",
    "returned",
    "came",
    "gathered",
)


def assertion_of(trigger: Trigger, tokens: list[Token]) -> str:
    """Return asserted, negated, future, hypothetical or habitual."""
    start = max(0, trigger.first - WINDOW)
    for place in range(trigger.first - 1, start - 1, -1):
        if (tokens[place].lower in word_set("clause") and tokens[place].lower not in ("if",)) or tokens[place].text in (
            "“",
            ":",
            ")",
        ):
            start = place + 1
            break
        if tokens[place].lower == "," and trigger.voice == "participle":
            start = place + 1
            break
    before = [token.lower for token in tokens[start : trigger.first]]
    if trigger.form == "base" and trigger.voice == "active" and _is_infinitive(before):
        return "hypothetical"
    for place in range(len(before) - 1, -1, -1):
        if _is_date(tokens, start + place):
            continue
        for words, meaning in phrases("cues", "cue").get(_stem(before[place]), ()):
            if [_stem(word) for word in before[place : place + len(words)]] == list(words) and _bears(
                meaning, words, before, place, trigger
            ):
                return meaning
    return "asserted"


def _is_date(tokens: list[Token], place: int) -> bool:
    """Tell whether a word is the month of May."""
    beside = [token.text for token in tokens[max(0, place - 1) : place + 2]]
    return tokens[place].lower == "may" and any(text[0].isdigit() for text in beside)


def _stem(word: str) -> str:
    return "n't" if word.endswith("n't") and word != "n't" else word


def _is_infinitive(before: list[str]) -> bool:
    """Tell whether a verb is an aim: "to attack", but for "managed to attack"."""
    if not before or before[-1] != "to":
        return False
    return not (len(before) > 1 and before[-2] in _DOES_HAPPEN)


def _bears(meaning: str, words: tuple[str, ...], before: list[str], place: int, trigger: Trigger) -> bool:
    between = before[place + len(words) :]
    if "," in between and trigger.voice != "passive":
        return meaning in ("future", "hypothetical") and len(between) < 4
    if meaning == "negated" and "and" in between and trigger.voice == "noun":
        return False
    if meaning == "negated" and words == ("no",):
        # "no one was killed", "no casualties": the number says so; "no group claimed the attack" does not bear on it.
        return trigger.voice == "noun" and len(between) <= 1 and not trigger.is_effect
    if words == ("without",):
        return len(between) <= 2
    if meaning in ("future", "hypothetical") and trigger.voice == "noun":
        # A modal verb between subject and object: "would attack" but not "the attack could".
        return words[0] not in word_set("modal") or not any(word in word_set("reporting") for word in between)
    if words[0] in word_set("modal") and trigger.voice in ("passive", "active"):
        return len(between) <= 4 and "have" not in between[:1]
    return True
