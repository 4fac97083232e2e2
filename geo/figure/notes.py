"""Notes below a figure: records not shown, sources, and the disclaimer on boundaries."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.countries import drawn_notes
from geo.figure.contents import Content
from geo.model import Kind

BOUNDARIES = (
    "Boundaries are approximate and imply no opinion on the status of any territory; dashed ones are disputed. "
    "Base map: Natural Earth; towns: GeoNames (CC BY 4.0)."
)
#: Most sources named; the others are counted.
NAMED = 8


def notes(
    shown: Content, records: pd.DataFrame, sources: pd.DataFrame | None, provinces: GeoDataFrame, level: str
) -> tuple[str, ...]:
    """Return the paragraphs below a figure.

    Parameters
    ----------
    shown : Content
    records : DataFrame
        The records of the period.
    sources : DataFrame, optional
        Table of the sources that records cite by key, as ``geo.read_sources`` returns it.
    provinces : GeoDataFrame
        All provinces of the data set.
    level : {"province", "district"}
        What they are.
    """
    missing = shown.description.missing
    if n := shown.unplaced_strongholds:
        verb = "is" if n == 1 else "are"
        missing += (
            f" {n:,} of {shown.totals['strongholds']:,} claimed strongholds {verb} not known to a single {level}."
        )
    drawn = BOUNDARIES if shown.on is None else f"{level.capitalize()}s as of {shown.on}. {BOUNDARIES}"
    drawn = " ".join([*drawn_notes(provinces, brief=True), drawn])
    return tuple(filter(None, (missing.strip(), source_note(records, sources), drawn)))


def source_note(records: pd.DataFrame, sources: pd.DataFrame | None) -> str:
    """Return the sources of incidents and strongholds as one sentence, most cited first."""
    counts: Counter[str] = Counter()
    for items in records.loc[(records["kind"] != Kind.STATISTIC).to_numpy(bool), "sources"]:
        counts.update({str(item["source"]) for item in items if item.get("source")})
    keys = sorted(counts, key=lambda key: (-counts[key], key))
    if not keys:
        return ""
    known = {} if sources is None else {row.source: _cite(row) for row in sources.itertuples()}
    named = [known.get(key, key) for key in keys[:NAMED]]
    more = f"; and {len(keys) - NAMED:,} more" if len(keys) > NAMED else ""
    return f"{'Source' if len(keys) == 1 else 'Sources'}: {'; '.join(named)}{more}."


def boxes_note(missing: Sequence[str]) -> str:
    """Return the sentence on characters that are drawn as boxes."""
    signs = ", ".join(f"U+{ord(sign):04X}" for sign in missing[:5])
    more = f" and {len(missing) - 5:,} more" if len(missing) > 5 else ""
    return f"Drawn as a box, as no installed font has it: {signs}{more}."


def _cite(row: object) -> str:
    """Return author (else publisher, else title) and year of a source."""
    author, publisher, published, title = (
        None if pd.isna(value) else str(value)
        for value in (getattr(row, name) for name in ("author", "publisher", "published", "title"))
    )
    who = author or publisher or f"“{title}”"
    return f"{who} ({published[:4]})" if published else who
