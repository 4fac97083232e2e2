"""Extract the candidates of several files into one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.errors import DataError, UsageError
from geo.extraction.candidates import write_candidates
from geo.extraction.frame import named_actors
from geo.extraction.readers import read_article
from geo.extraction.run import Report, extract_article
from geo.extraction.scope import codes_of
from geo.paths import regular_file, shown
from geo.write import check_target


def extract_files(
    paths: Sequence[Path],
    target: Path,
    *,
    given: Mapping[str, Any] | None = None,
    countries: Iterable[str] = (),
    actors: Path | None = None,
) -> list[Report]:
    """Write the candidates of articles and return a report on each.

    Parameters
    ----------
    paths : sequence of Path
        Articles, as `geo.extraction.readers.read_article` takes them.
    target : Path
        ``.geojson`` file to write.
    given : mapping, optional
        What is known of the articles: ``title``, ``author``, ``publisher``, ``published``, ``url``.
    countries : iterable of str
        Countries to look for places in; by default those that each article names.
    actors : Path, optional
        JSON object of a group's name to its other names.
    """
    if target.suffix.lower() not in (".geojson", ".json"):
        raise UsageError(f"{shown(target)}: candidates are written as .geojson")
    check_target(target)
    scope = codes_of(countries)
    table = named_actors(read_actors(actors)) if actors else None
    articles, candidates, reports = [], [], []
    taken: set[str] = set()
    for path in paths:
        name = _unused(path.stem, taken)
        article = read_article(path, **(given or {}), id=name)
        found, report = extract_article(article, countries=scope, actors=table)
        articles.append(article)
        candidates += found
        reports.append(report)
    write_candidates(target, articles, candidates)
    return reports


def _unused(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found


def read_actors(path: Path) -> dict[str, list[str]]:
    """Read a JSON object of a group's name to its other names.

    Raises
    ------
    DataError
        If the file is anything else.
    """
    try:
        found = json.loads(regular_file(path).read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{shown(path)}: is not JSON: {error}") from error
    fine = isinstance(found, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names) for names in found.values()
    )
    if not fine:
        raise DataError(
            f'{shown(path)}: needs an object of names to lists of other names, such as {{"Red Front": ["RF"]}}'
        )
    return dict(found)
