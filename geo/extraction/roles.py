"""Who did it and to whom: the groups of people that a trigger has as agent and as patient."""

from dataclasses import dataclass

from geo.extraction.groups import Group
from geo.extraction.lexicon import word_set
from geo.extraction.tokens import Token
from geo.extraction.triggers import Trigger

#: Most tokens between a verb and the people nearest to it.
NEAR = 14
_JOINTS = ("as well as", "in addition to", "along with", "together with", "apart from", "them", "whom", "among")
_LEFT_ONLY = (
    "die", "perish", "drown", "surrender", "defect", "lose their lives", "lose his life", "lose her life", "succumb",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roles:
    """The groups that act in an event and those that suffer it."""

    agents: tuple[Group, ...]
    patients: tuple[Group, ...]


def roles_of(trigger: Trigger, tokens: list[Token], groups: list[Group], triggers: list[Trigger]) -> Roles:
    """Return the agents and patients of a trigger within its sentence."""
    verbs = [other for other in triggers if other.voice != "noun" and other is not trigger]
    if trigger.voice == "noun":
        return _of_noun(trigger, tokens, groups)
    if trigger.voice == "passive" or trigger.word in _LEFT_ONLY:
        held = tuple(group for group in groups if group.first <= trigger.first < group.last)
        patients = held or _left(trigger, tokens, groups, verbs)
        if trigger.form == "adjective" and not patients:
            patients = _right(trigger.last, tokens, groups, verbs)
        return Roles(_after_by(trigger, tokens, groups), patients)
    patients = _right(trigger.last, tokens, groups, verbs) or _inside(trigger, groups)
    if trigger.voice == "participle":
        return Roles((), patients)
    agents = tuple(group for group in _left(trigger, tokens, groups, verbs) if group not in patients)
    return Roles(agents, patients)


def _inside(trigger: Trigger, groups: list[Group]) -> tuple[Group, ...]:
    """Return the people between the parts of a verb: "took several dealers hostage"."""
    return tuple(group for group in groups if trigger.first < group.first and group.last <= trigger.last)


def _of_noun(trigger: Trigger, tokens: list[Token], groups: list[Group]) -> Roles:
    agents: tuple[Group, ...] = ()
    patients: tuple[Group, ...] = ()
    after = tokens[trigger.last].lower if trigger.last < len(tokens) else ""
    if after in ("of", "on", "against", "targeting", "upon") or (after == "between" and trigger.event == "clash"):
        patients = _right(trigger.last + 1, tokens, groups, [])
    if after == "by":
        agents = _right(trigger.last + 1, tokens, groups, [])
    return Roles(agents or _after_by(trigger, tokens, groups), patients)


def _after_by(trigger: Trigger, tokens: list[Token], groups: list[Group]) -> tuple[Group, ...]:
    """Return the people named by the "by" that follows."""
    for place in range(trigger.last, min(trigger.last + 12, len(tokens))):
        word = tokens[place].lower
        if word == "by":
            return _right(place + 1, tokens, groups, [])
        if word in word_set("clause") or word == ".":
            break
    return ()


def _right(start: int, tokens: list[Token], groups: list[Group], verbs: list[Trigger]) -> tuple[Group, ...]:
    """Return the people that follow as an object, with those joined to them."""
    limit = min((verb.first for verb in verbs if verb.first >= start), default=len(tokens))
    found: list[Group] = []
    end = start
    for group in groups:
        if group.first < end or group.first >= limit:
            continue
        between = [token.lower for token in tokens[end : group.first]]
        if not found:
            if len(between) > 4 or any(
                word in word_set("clause") or word in (",", "in", "at", "on", "by", "with", "to", "for")
                for word in between
            ):
                break
        elif not _joined(between) or _is_subject(group, tokens, verbs):
            break
        found.append(group)
        end = group.last
    return tuple(found)


def _joined(between: list[str]) -> bool:
    """Tell whether what stands between two groups of people joins them."""
    if not between:
        return True
    if len(between) > 10 or any(word in word_set("clause") or word == "." for word in between):
        return False
    if between[-1] in word_set("join") or between[-1] in word_set("part") or between[-1] in ("(", "with"):
        return True
    last = between[-3:]
    return any(" ".join(last).endswith(joint) for joint in _JOINTS)


def _is_subject(group: Group, tokens: list[Token], verbs: list[Trigger]) -> bool:
    """Tell whether a group begins a clause of its own: "…, and three soldiers were wounded"."""
    place = group.last
    while place < len(tokens) and tokens[place].lower in (*word_set("adverb"), *word_set("have"), "others"):
        place += 1
    if place < len(tokens) and tokens[place].lower in word_set("be"):
        return True
    return any(verb.first == place and verb.voice in ("active", "passive") for verb in verbs)


def _left(trigger: Trigger, tokens: list[Token], groups: list[Group], verbs: list[Trigger]) -> tuple[Group, ...]:
    """Return the people before a verb, with those joined to them."""
    floor = max(
        (verb.last for verb in verbs if verb.last <= trigger.first and _bounds(verb, trigger, tokens)), default=0
    )
    found: list[Group] = []
    start = trigger.first
    for group in reversed(groups):
        if group.last > start or group.first < floor:
            continue
        between = [token.lower for token in tokens[group.last : start]]
        if not found:
            if len(between) > NEAR or ";" in between or (tokens[group.first - 1].lower == "by" and group.first > floor):
                break
        elif not _joined(between) and (not found[-1].part or len(between) > 6):
            break
        found.append(group)
        start = group.first
    return tuple(reversed(found))


def _bounds(verb: Trigger, trigger: Trigger, tokens: list[Token]) -> bool:
    """Tell whether a verb before ends another clause; two joined verbs share their subject: "killed and wounded"."""
    between = {token.lower for token in tokens[verb.last : trigger.first]}
    shared = (
        trigger.voice == "passive" and bool(between) and between <= {"and", "or", "were", "was", *word_set("adverb")}
    )
    return not shared
