"""Read 1,000 articles of about 800 words, on one core: `python -m benchmarks.extract_speed`."""

import random
import resource
import time
from pathlib import Path

from geo.extraction.article import make_article
from geo.extraction.run import extract_article

NOTES = Path(__file__).parent.parent / "tests" / "extraction" / "data" / "descriptions.tsv"
FILLER = (
    "Residents said the situation had been tense for weeks. Officials met elders and called for calm. "
    "The government announced an inquiry, and aid agencies warned that many families had left their homes."
)


def articles(count: int) -> list[str]:
    """Return texts of sentences of the descriptions, and as many that tell of nothing, in paragraphs."""
    rows = [line.split("\t") for line in NOTES.read_text(encoding="utf-8").splitlines()[1:]]
    by_country: dict[str, list[str]] = {}
    for row in rows:
        by_country.setdefault(row[1], []).append(row[-1])
    draw = random.Random(0)
    made = []
    for _ in range(count):
        notes = by_country[draw.choice(sorted(by_country))]
        paragraphs: list[str] = []
        while len(" ".join(paragraphs).split()) < 800:
            paragraphs.append(f"{draw.choice(notes)} {FILLER}")
        made.append("\n\n".join(paragraphs))
    return made


def main(count: int = 1000) -> None:
    texts = articles(count)
    words = sum(len(text.split()) for text in texts) / count
    half = count // 2
    # The first half also reads the names of the countries, once each.
    started = time.process_time()
    found = sum(len(extract_article(make_article(text, published="2023-06-01"))[0]) for text in texts[:half])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found += sum(len(extract_article(make_article(text, published="2023-06-01"))[0]) for text in texts[half:])
    seconds = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count} articles of {words:.0f} words: {seconds:.1f} s of one core, {60 * count / seconds:.0f} a minute")
    print(f"{found} candidates; memory grew by {grown:.0f} MB in the second half, to {before / 1024 + grown:.0f} MB")


if __name__ == "__main__":
    main()
