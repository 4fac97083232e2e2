"""Score the reading of events on MUC-4: `python -m benchmarks.extract_eval FOLDER dev|tst1|tst2 [--lower] [--show]`."""

import re
import sys
from datetime import date
from pathlib import Path

from benchmarks.muc4_answers import answers_of
from benchmarks.muc4_keys import Template, keys, texts
from benchmarks.muc4_score import SLOTS, score
from geo.extraction.article import make_article

_DATELINE = re.compile(r"(\d{1,2})\s+(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?\s+(\d{2})\b")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def published(text: str) -> date | None:
    """Return the day of the dateline."""
    found = _DATELINE.search(text[:600])
    try:
        return date(1900 + int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])) if found else None
    except ValueError:
        return None


def main(folder: Path, chosen: str, *, limit: int, show: bool) -> None:
    truth = keys(folder / chosen)
    answers: dict[str, list[Template]] = {}
    for number, (message, text) in enumerate(texts(folder / chosen)):
        if message not in truth or (limit and number >= limit):
            truth.pop(message, None)
            continue
        article = make_article(text, id=message, published=published(text))
        answers[message] = answers_of(article)
    counts = score({m: k for m, k in truth.items() if m in answers}, answers)
    print(
        f"{chosen}: {len(answers)} texts, {sum(map(len, truth.values()))} templates, "
        f"{sum(map(len, answers.values()))} answers"
    )
    for slot, name in SLOTS.items():
        count = counts[slot]
        recall, precision, both = count.f()
        parts = f"{count.correct:.0f} right {count.partial:.0f} partly {count.incorrect:.0f} wrong "
        parts += f"{count.spurious:.0f} spurious {count.missing:.0f} missing"
        print(f"{name:24} R {recall:5.1f}  P {precision:5.1f}  F {both:5.1f}   {parts}")
    if show:
        for message, templates in truth.items():
            print(message, "KEY", [shown(template) for template in templates])
            print(message, "GOT", [shown(template) for template in answers[message]])


def shown(template: Template) -> tuple[str, list[str]]:
    """Return the type and the targets of a template."""
    targets = template.slots.get(19) or template.slots.get(12, [])
    return template.slots[4][0].options[0], [fill.options[0] for fill in targets]


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[3:] if word.isdigit()]
    main(Path(sys.argv[1]), sys.argv[2], limit=numbers[0] if numbers else 0, show="--show" in sys.argv)
