"""Words that tell of events: which event, verb or noun, active or passive."""

from dataclasses import dataclass

from geo.extraction.groups import Group
from geo.extraction.lexicon import Form, event_kinds, trigger_forms, word_set
from geo.extraction.tokens import Token

#: Most tokens between the parts of a verb: "set several trucks on fire".
GAP = 7
_NOUNS = ("noun", "nouns")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase for an event, from token ``first`` to ``last`` (excluded).

    ``voice`` is active, passive, participle (killing 12) or noun; ``parts`` the tokens of the phrase.
    """

    first: int
    last: int
    word: str
    event: str
    form: str
    voice: str
    plural: bool = False

    @property
    def is_effect(self) -> bool:
        """Whether it tells of an outcome rather than of an event."""
        return event_kinds()[self.event].family == "effect"


def find_triggers(tokens: list[Token], groups: list[Group], shouted: bool) -> list[Trigger]:
    """Return the triggers of a sentence in order; of two that overlap the longer one."""
    found: list[Trigger] = []
    inside = {place for group in groups for place in range(group.first, group.head) if group.head - group.first > 0}
    position = 0
    while position < len(tokens):
        trigger = _trigger_at(tokens, position, groups, inside, shouted)
        if trigger is None:
            position += 1
            continue
        found.append(trigger)
        position = trigger.last if trigger.last - trigger.first <= 4 else position + 1
    return found


def _trigger_at(
    tokens: list[Token], position: int, groups: list[Group], inside: set[int], shouted: bool
) -> Trigger | None:
    forms = _matching(tokens, position)
    if not forms:
        return None
    last = forms[0][0]
    kinds = [form for end, form in forms if end == last]
    form = _chosen(tokens, position, last, kinds, groups, shouted)
    if form is None or _is_background(tokens, position, last, form, shouted):
        return None
    if position in inside and form.form not in ("noun", "nouns", "adjective"):
        return None
    voice = _voice(tokens, position, last, form, groups)
    return Trigger(position, last, form.word, form.event, form.form, voice, form.form == "nouns")


def _matching(tokens: list[Token], position: int) -> list[tuple[int, Form]]:
    """Return the forms that stand at a token with the token after them, the longest first."""
    found = []
    for words, form in trigger_forms().get(tokens[position].lower, ()):
        end = position + len(words)
        if tuple(token.lower for token in tokens[position:end]) == words or (
            len(words) > 1 and form.form not in _NOUNS and (end := _parted(tokens, position, words))
        ):
            found.append((end, form))
    found.sort(key=lambda entry: -entry[0])
    return found


def _parted(tokens: list[Token], position: int, words: tuple[str, ...]) -> int:
    """Return the end of a verb whose other words come some tokens later, or 0."""
    tail = words[1:]
    for start in range(position + 2, min(position + 2 + GAP, len(tokens) - len(tail) + 1)):
        if tokens[start - 1].lower in (".", ";", ",", "and", "after", "when", "who"):
            return 0
        if tuple(token.lower for token in tokens[start : start + len(tail)]) == tail:
            return start + len(tail)
    return 0


def _chosen(
    tokens: list[Token], first: int, last: int, forms: list[Form], groups: list[Group], shouted: bool
) -> Form | None:
    """Return the noun or the verb, by what stands before and after."""
    nouns = [form for form in forms if form.form in _NOUNS]
    verbs = [form for form in forms if form.form not in _NOUNS]
    if not nouns or not verbs:
        return (nouns or verbs)[0]
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    verb = verbs[0]
    if before in word_set("modal") or (before in ("to", "not", "n't") and verb.form == "base"):
        return verb
    if verb.form == "ing":
        if (
            (after is not None and after.lower == "of")
            or before in word_set("determiner")
            or before in ("of", "in", "the", "for")
        ):
            return nouns[0] if not (before in ("in", "of", "for") and _begins_object(tokens, last, groups)) else verb
        return verb if _begins_object(tokens, last, groups) or before == "," or before in word_set("be") else nouns[0]
    if before in word_set("determiner") or before in (
        "of",
        "in",
        "by",
        "on",
        "for",
        "with",
        "from",
        "after",
        "'s",
        "-",
        "during",
    ):
        return nouns[0]
    starts = first == 0 or before in ("and", ",", ";", ".", "who", "they", "we", "which", "that")
    subject = any(group.last == first for group in groups)
    if _begins_object(tokens, last, groups) and (subject or starts or (tokens[first - 1].is_capital and not shouted)):
        return verb
    return nouns[0]


def _begins_object(tokens: list[Token], position: int, groups: list[Group]) -> bool:
    if position >= len(tokens):
        return False
    token = tokens[position]
    return (
        token.lower in word_set("determiner")
        or token.text.isdigit()
        or any(group.first == position for group in groups)
    )


def _is_background(tokens: list[Token], first: int, last: int, form: Form, shouted: bool) -> bool:
    """Tell whether a word is part of another notion: "bomb disposal squad", "heart attack", "was fired"."""
    before = tokens[first - 1].lower if first else ""
    before = tokens[first - 2].lower if before == "-" and first > 1 else before
    after = tokens[last].lower if last < len(tokens) else ""
    if after in word_set("background after") or before in word_set("background before"):
        return True
    if form.word in ("march", "mine", "may") and tokens[first].is_capital and not shouted and first:
        return True
    if form.word in ("body", "corpse"):
        return not {token.lower for token in tokens} & {"found", "discovered", "recovered", "dumped", "unearthed"}
    if form.word not in word_set("needs target"):
        return False
    rest = [token.lower for token in tokens[last : last + 6]]
    if form.word == "fire":
        return not set(rest[:3]) & {
            "on",
            "at",
            "upon",
            "into",
            "rockets",
            "rocket",
            "shots",
            "mortars",
            "missiles",
            "mortar",
            "toward",
            "towards",
            "shells",
        }
    if form.word in ("close", "destroy"):
        return not any(
            word in word_set("site") or word in word_set("group noun") or word.rstrip("s") in word_set("site")
            for word in rest
        )
    if form.word == "demonstrate":
        return not set(rest[:2]) & {"against", "in", "for", "outside", "near", "on"}
    if form.word in ("hit", "strike"):
        return bool(set(rest[:2]) & {"by", "deal"} and "earthquake" in rest)
    return form.word == "engage" and not set(rest[:3]) & {"with", "in", "the", "militants", "gunmen", "rebels"}


def _voice(tokens: list[Token], first: int, last: int, form: Form, groups: list[Group]) -> str:
    if form.form in _NOUNS:
        return "noun"
    if form.form == "adjective":
        return "passive"
    if form.form == "ing":
        return "participle"
    if form.form not in ("either", "participle"):
        return "active"
    back = first - 1
    while back >= 0 and tokens[back].lower in word_set("adverb"):
        back -= 1
    before = tokens[back].lower if back >= 0 else ""
    if before in word_set("be"):
        return "passive"
    if before in word_set("have") and form.form == "either":
        return "active"
    if form.word in (
        "die",
        "perish",
        "explode",
        "detonate",
        "go off",
        "surrender",
        "defect",
        "clash",
        "fight",
        "drown",
    ):
        return "active"
    if last < len(tokens) and tokens[last].lower == "by":
        return "passive"
    return "active" if form.form != "participle" and (_has_object(tokens, last, groups)) else "passive"


def _has_object(tokens: list[Token], last: int, groups: list[Group]) -> bool:
    """Tell whether an object follows: people, a determiner, a number or a name."""
    while last < len(tokens) and tokens[last].lower in word_set("adverb"):
        last += 1
    if last >= len(tokens):
        return False
    token = tokens[last]
    if any(group.first == last for group in groups) or token.lower in word_set("determiner"):
        return True
    if token.lower in word_set("pronoun") or token.text.isdigit():
        return True
    return token.is_word and token.lower not in word_set("stop") and token.lower not in trigger_forms()
