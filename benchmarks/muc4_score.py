"""The official scoring of MUC-4: templates mapped by content, slots correct, partial, incorrect, spurious, missing."""

import re
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.muc4_keys import Fill, Template

#: Slots that are scored here, by number; 1 is the incident itself.
SLOTS = {
    1: "incident found", 2: "date", 3: "place", 4: "type", 10: "organisation", 11: "organisation confidence",
    19: "victim", 21: "victim number", 23: "effect",
}  # fmt: skip
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "several",
        "of",
        "his",
        "her",
        "their",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}


@dataclass
class Count:
    """Fillers of a slot by verdict."""

    correct: float = 0
    partial: float = 0
    incorrect: float = 0
    spurious: float = 0
    missing: float = 0

    def f(self) -> tuple[float, float, float]:
        """Return recall, precision and F in per cent."""
        good = self.correct + self.partial / 2
        possible = self.correct + self.partial + self.incorrect + self.missing
        actual = self.correct + self.partial + self.incorrect + self.spurious
        recall, precision = good / (possible or 1), good / (actual or 1)
        both = recall + precision
        return 100 * recall, 100 * precision, 200 * recall * precision / both if both else 0.0


def score(keys: dict[str, list[Template]], answers: dict[str, list[Template]]) -> dict[int, Count]:
    """Return the counts of each slot over all templates."""
    counts: dict[int, Count] = defaultdict(Count)
    for message, truth in keys.items():
        found = list(answers.get(message, []))
        for key, answer in _mapped(truth, found):
            for slot in SLOTS:
                _count(counts[slot], slot, key, answer)
    return counts


def _mapped(keys: list[Template], answers: list[Template]) -> list[tuple[Template | None, Template | None]]:
    pairs = sorted(
        ((_likeness(key, answer), k, a) for k, key in enumerate(keys) for a, answer in enumerate(answers)), reverse=True
    )
    used_k: set[int] = set()
    used_a: set[int] = set()
    mapped: list[tuple[Template | None, Template | None]] = []
    for value, k, a in pairs:
        if value > 0 and k not in used_k and a not in used_a:
            used_k.add(k)
            used_a.add(a)
            mapped.append((keys[k], answers[a]))
    mapped += [(key, None) for k, key in enumerate(keys) if k not in used_k and not key.optional]
    return mapped + [(None, answer) for a, answer in enumerate(answers) if a not in used_a]


def _likeness(key: Template, answer: Template) -> float:
    """Return how alike two templates are, 0 where the conditions of the mapping do not hold."""
    kind = _verdict(4, key.slots[4][0], answer.slots[4][0])
    content = 0.0
    for slot in (9, 10, 12, 18, 19, 20):
        for fill in answer.slots.get(slot, []):
            content = max(content, *(_verdict(slot, true, fill) for true in key.slots.get(slot, [])), 0.0)
    if kind == 0 or content == 0:
        return 0.0
    extra = sum(
        max(
            (_verdict(slot, true, fill) for true in key.slots.get(slot, []) for fill in answer.slots.get(slot, [])),
            default=0.0,
        )
        for slot in (2, 3, 10, 19, 21, 23)
    )
    return kind + content + extra


def _count(count: Count, slot: int, key: Template | None, answer: Template | None) -> None:
    if slot == 1:
        count.correct += key is not None and answer is not None
        count.missing += answer is None
        count.spurious += key is None
        return
    true = list(key.slots.get(slot, [])) if key else []
    found = list(answer.slots.get(slot, [])) if answer else []
    pairs = sorted(
        ((_verdict(slot, t, f), i, j) for i, t in enumerate(true) for j, f in enumerate(found)), reverse=True
    )
    used_t: set[int] = set()
    used_f: set[int] = set()
    for verdict, i, j in pairs:
        if i in used_t or j in used_f:
            continue
        used_t.add(i)
        used_f.add(j)
        count.correct += verdict == 1
        count.partial += verdict == 0.5
        count.incorrect += verdict == 0
    count.missing += sum(not fill.optional for i, fill in enumerate(true) if i not in used_t)
    count.spurious += len(found) - len(used_f)


def _verdict(slot: int, true: Fill, found: Fill) -> float:
    said = found.options[0]
    if slot == 2:
        return max(_date(option, said) for option in true.options)
    if slot == 3:
        return max(_place(option, said) for option in true.options)
    if slot == 4:
        return 1.0 if said in true.options else 0.5 if said == "ATTACK" else 0.0
    if slot == 11:
        own = 1.0 if said in true.options else 0.5 if any(o.startswith(said) for o in true.options) else 0.0
        return min(own, 0.5 if not _refers(true, found) else 1.0)
    if slot == 23:
        own = 1.0 if said in true.options else 0.0
        return min(own, 0.5 if not _refers(true, found) else 1.0)
    if slot == 21:
        own = max(_number(option, said) for option in true.options)
        return min(own, 0.5 if not _refers(true, found) else 1.0)
    if slot == 20:
        return 1.0 if said in true.options else 0.0
    return max(_string(option, said) for option in true.options)


def _refers(true: Fill, found: Fill) -> bool:
    if not true.references or not found.references:
        return True
    return any(_string(one, two) > 0 for one in true.references for two in found.references)


def _words(text: str) -> list[str]:
    found = re.findall(r"[A-Z0-9']+", text.upper())
    return [word for word in found if word.lower() not in _SMALL] or found


def _string(true: str, said: str) -> float:
    one, two = _words(true), _words(said)
    if one == two or (one and set(one) <= set(two)):
        return 1.0
    return 0.5 if one and two and (one[-1] == two[-1] or set(two) <= set(one)) else 0.0


def _number(true: str, said: str) -> float:
    if true == said:
        return 1.0
    numbers = re.findall(r"\d+", true)
    return 0.5 if said.lstrip("~") in numbers and (" - " in true or "~" in true or "~" in said) else 0.0


def _days(text: str) -> list[int]:
    return [
        int(year) * 372 + _MONTHS[month] * 31 + int(day)
        for day, month, year in re.findall(r"(\d{1,2}) (" + "|".join(_MONTHS) + r") (\d\d)", text)
    ]


def _date(true: str, said: str) -> float:
    if true == said:
        return 1.0
    one, two = _days(true), _days(said)
    if not one or not two:
        return 0.0
    if said.startswith("-"):
        return 0.5 if two[-1] == one[-1] else 0.0
    if true.startswith("-"):
        return 0.5 if two[-1] <= one[-1] else 0.0
    return 0.5 if one[0] <= two[0] and two[-1] <= one[-1] else 0.0


def _place(true: str, said: str) -> float:
    one = [re.sub(r"\s*\(.*?\)", "", part).strip() for part in true.split(":")]
    two = [re.sub(r"\s*\(.*?\)", "", part).strip() for part in said.split(":")]
    if one[0] != two[0]:
        return 0.0
    if len(one) == 1 or len(two) == 1:
        return 1.0 if len(one) == len(two) else 0.5
    return 1.0 if one[-1] == two[-1] else 0.5
