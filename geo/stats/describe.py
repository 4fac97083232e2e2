"""Caption, alternative text and long description of a table of counts; equal tables give equal text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geo.errors import UsageError
from geo.model import Metric
from geo.stats.summary import Summary

TITLES = {
    Metric.INCIDENTS: "Incidents by {level}",
    Metric.FATALITIES_BEST: "Deaths in incidents by {level}, best estimates",
    Metric.INCIDENTS_PER_10000_KM2: "Incidents per 10,000 km² by {level}",
}
#: Most provinces named in a sentence; the others are counted.
NAMED = 3


@dataclass(frozen=True)
class Description:
    """Text that describes a map of one table.

    Attributes
    ----------
    title : str
        Metric and period, without a full stop: for a heading or the title of an iframe.
    caption : str
        Figure caption: metric, period, counts, provinces with the most, deaths with their bounds, records not shown.
    alt : str
        Alternative text: the same in one or two short sentences.
    long : str
        Long description: paragraphs, separated by empty lines, on all that the map shows and does not show.
    missing : str
        Records that the map cannot show; empty if it shows all. Part of ``long``.
    """

    title: str
    caption: str
    alt: str
    long: str
    missing: str

    def __str__(self) -> str:
        return self.caption

    @property
    def summary(self) -> str:
        """The caption without the title that it starts with."""
        return self.caption.removeprefix(f"{self.title}. ")

    def titled(self, title: str, lead: str) -> "Description":
        """Return the description under another title, with a sentence before the alternative text."""
        return replace(self, title=title, caption=f"{title}. {self.summary}", alt=f"{lead} {self.alt}")


def describe(
    table: pd.DataFrame | Summary,
    *,
    metric: str = Metric.INCIDENTS,
    of: int | None = None,
    merged: Mapping[str, str] | None = None,
) -> Description:
    """Describe a map of a table that ``geo.summarise`` made.

    Parameters
    ----------
    table : DataFrame or Summary
        As ``geo.summarise`` returns it, with ``admin1_code`` among its groups; if ``year`` is one too, the text names
        the year with the most incidents.
    metric : str, default "incidents"
        A value of ``geo.model.Metric``: the metric that colours the provinces. Densities are ranked by their counts.
    of : int, optional
        Number of all incidents, of any date or none; the text then reads "3 of 5 incidents".
    merged : mapping of str to str, optional
        Name of each former province -> name of the current province that the map draws in its place.

    Returns
    -------
    Description
        In English; equal for equal input.

    Raises
    ------
    UsageError
        If the table does not come from ``summarise`` or has no ``admin1_code``, or the metric is unknown.
    """
    if metric not in tuple(Metric):
        raise UsageError(f"metric = {metric!r}: give one of {', '.join(Metric)}")
    summary = Summary.from_frame(table)
    if "admin1_code" not in summary.by:
        raise UsageError("describe needs a table with admin1_code among its groups; add it to by in geo.summarise")
    table, totals, years = summary.table, summary.totals, summary.period
    period = period_words(years)
    title = f"{TITLES[Metric(metric)].format(level=summary.level)}, {period}"
    shown = shown_words(totals, of)
    missing = _missing(totals, years, of, summary.level)
    if not totals["incidents"] and not totals["strongholds"]:
        nothing = (
            f"{title}. No incident or stronghold on file is dated {period}."
            if years
            else (f"{title}. There are no incidents or strongholds on file.")
        )
        return Description(title, nothing, nothing, "\n\n".join(filter(None, [nothing, missing])), missing)
    most = _most(_ranked(table, totals, metric), metric, summary.level)
    strongholds = _strongholds(totals)
    caption = [title, shown[0].upper() + shown[1:], most, _deaths(totals), strongholds]
    alt = [f"Map. {title}: {shown}", most]
    long = [
        f"The map shows {shown}, {_when(years)}. {_sentence(strongholds)}{_statistics(totals)}",
        _busiest_year(table),
        f"{_sentence(most)}{_merged(merged)}",
        _sentence(_deaths(totals)),
        missing,
        f"A {summary.level} without incidents is one that these records do not mention; that does not mean that it was "
        "calm.",
    ]
    return Description(
        title,
        "".join(map(_sentence, caption)).strip(),
        "".join(map(_sentence, alt)).strip(),
        "\n\n".join(part.strip() for part in long if part),
        missing,
    )


def period_words(years: Sequence[int] | None) -> str:
    """Return a period as text: ``all years``, ``2021`` or ``2021–2023``."""
    if years is None:
        return "all years"
    first, last = years
    return f"{first}" if first == last else f"{first}–{last}"


def shown_words(totals: Mapping[str, Any], of: int | None = None) -> str:
    """Return the number of incidents shown and of those without a province.

    ``3 of 5 incidents, 1 not placed``, or ``3 of 61 distinct incidents in 4 reports`` where reports repeat each other.
    """
    n, reports = totals["incidents"], totals["reports"]
    noun = "incident" if reports == n else "distinct incident"
    head = _count(n, noun) if of is None else f"{n:,} of {_count(of, noun)}"
    head += "" if reports == n else f" in {_count(reports, 'report')}"
    return f"{head}, {totals['unplaced']:,} not placed" if totals["unplaced"] else head


def _ranked(table: pd.DataFrame, totals: Mapping[str, Any], metric: str) -> list[tuple[str, int]]:
    """Return the names and values of the provinces where the metric is not zero, highest first, then by name."""
    measure = "fatalities_best" if metric == Metric.FATALITIES_BEST else "incidents"
    known = table.dropna(subset=["admin1_code"]).drop_duplicates("admin1_code")
    names = dict(zip(known["admin1_code"], known["admin1_name"].fillna(known["admin1_code"]), strict=True))
    # Badakhshan, for example, is a province of two countries.
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    figures = [
        (f"{names[code]} ({code[:2]})" if names[code] in twice else names[code], row[measure])
        for code, row in totals["provinces"].items()
    ]
    return sorted(((name, n) for name, n in figures if n), key=lambda item: (-item[1], item[0]))


def _most(ranked: list[tuple[str, int]], metric: str, level: str) -> str:
    if not ranked:
        return ""
    what = "deaths " if metric == Metric.FATALITIES_BEST else ""
    head = [f"{name} ({n:,})" for name, n in ranked[:NAMED]]
    if len(ranked) <= NAMED:
        return f"{'Deaths in' if what else 'In'} {_listed(head)}"
    tied = sum(1 for _, n in ranked[NAMED:] if n == ranked[NAMED - 1][1])
    others = [f"{_count(tied, 'other')} with as many"] if tied else []
    return f"Most {what}in {_listed([*head, *others])}, of {len(ranked):,} {level}s"


def _deaths(totals: Mapping[str, Any]) -> str:
    unknown = totals["fatalities_unknown"]
    if not totals["incidents"]:
        return ""
    if unknown == totals["incidents"]:
        return "No figure of deaths is known for any of them"
    tail = f"; {_count(unknown, 'incident')} without any figure" if unknown else ""
    return f"Deaths as reported: {sum_words(totals['fatalities'])}{tail}"


def sum_words(fatalities: Mapping[str, int | None]) -> str:
    """Return a sum of deaths with its bounds: ``at least 371, best 398, no upper bound``; a low of 0 is left out."""
    low, best, high = (fatalities[bound] for bound in ("low", "best", "high"))
    if high is not None:
        return f"low {low:,}, best {best:,}, high {high:,}"
    return f"{f'at least {low:,}, ' if low else ''}best {best:,}, no upper bound"


def _strongholds(totals: Mapping[str, Any]) -> str:
    return _count(totals["strongholds"], "claimed stronghold") if totals["strongholds"] else ""


def _statistics(totals: Mapping[str, Any]) -> str:
    n = totals["statistics"]
    return f"{_count(n, 'reported total')} {'is' if n == 1 else 'are'} never added to the incidents. " if n else ""


def _when(years: Sequence[int] | None) -> str:
    return "of every date and of none" if years is None else f"those that touch {period_words(years)}"


#: Most years that are listed although all have as many incidents.
_FEW_YEARS = 3


def _busiest_year(table: pd.DataFrame) -> str:
    if "year" not in table.columns:
        return ""
    counts = table.groupby("year")["incidents"].sum()
    counts = counts[counts > 0]
    if len(counts) < 2:
        return ""
    top = [f"{year}" for year in counts.index[counts == counts.max()]]
    most = f"most in {_listed(top)} ({counts.max():,}{' each' if len(top) > 1 else ''})"
    if len(top) == len(counts) > _FEW_YEARS:
        most = f"{counts.max():,} in each year that has any"
    return (
        f"The incidents run from {counts.index.min()} to {counts.index.max()}, {most}. "
        "An incident that spans several years counts in each."
    )


def _merged(merged: Mapping[str, str] | None) -> str:
    return "".join(
        f"{old} is drawn as part of {new}, which holds its area today. " for old, new in (merged or {}).items()
    )


def _missing(totals: Mapping[str, Any], years: Sequence[int] | None, of: int | None, level: str) -> str:
    """Return sentences on the incidents that the map does not show."""
    parts = []
    if n := totals["unplaced"]:
        verb, them = ("is", "it") if n == 1 else ("are", "them")
        parts.append(f"{_count(n, 'incident')} {verb} not known to a single {level}: none counts {them}.")
    if n := totals["undated"]:
        has, them = ("has", "it") if n == 1 else ("have", "them")
        why = f"{'it counts' if n == 1 else 'they count'} only while no period is set"
        parts.append(
            f"{_count(n, 'incident')} {has} no date, so {why if years is None else f'no period can claim {them}'}."
        )
    if n := totals["before"]:
        verb, them = ("is", "it") if n == 1 else ("are", "them")
        parts.append(f"{_count(n, 'incident')} {verb} known only to be before a date: no year counts {them}.")
    elsewhere = 0 if of is None or years is None else of - totals["incidents"] - totals["undated"] - totals["before"]
    if elsewhere:
        parts.append(f"{_count(elsewhere, 'incident')} {'lies' if elsewhere == 1 else 'lie'} in other years.")
    return " ".join(parts)


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _sentence(words: str) -> str:
    return f"{words}. " if words else ""
