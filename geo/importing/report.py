"""The report of an import."""

from dataclasses import dataclass
from pathlib import Path

from geo.importing.detect import NAMES


@dataclass(frozen=True)
class ImportReport:
    """How many rows an import kept and rejected, and why.

    Attributes
    ----------
    format : str
        ``ucdp``, ``acled``, ``gtd`` or ``table``.
    read, kept, rejected : int
        Rows of the table; ``read == kept + rejected``.
    target : Path
    rejected_path : Path or None
        File of the rejected rows and their reasons; None if no row was rejected.
    notes : list of str
        How the table was read.
    reasons, disagreements, unknown_countries, unplaced : list of (text, count)
        Reasons for rejected rows; provinces that disagree with the coordinates; unknown countries; provinces that were
        not found. Most frequent first.
    """

    format: str
    read: int
    kept: int
    rejected: int
    target: Path
    rejected_path: Path | None
    notes: list[str]
    reasons: list[tuple[str, int]]
    disagreements: list[tuple[str, int]]
    unknown_countries: list[tuple[str, int]]
    unplaced: list[tuple[str, int]]

    def lines(self, limit: int = 10) -> list[str]:
        """Return the report as lines of text, with at most ``limit`` entries per list."""
        lines = [f"format: {NAMES[self.format]}", *self.notes]
        lines.append(f"{self.read:,} rows read, {self.kept:,} kept in {self.target}, {self.rejected:,} rejected")
        for title, pairs in (
            (f"rejected (rows in {self.rejected_path})", self.reasons),
            ("named place and coordinates disagree, both kept", self.disagreements),
            ("unknown country", self.unknown_countries),
            ("province not found", self.unplaced),
        ):
            if pairs:
                lines.append(f"{title}:")
                lines += [f"  {count:,} × {words}" for words, count in pairs[:limit]]
            if len(pairs) > limit:
                lines.append(f"  and {len(pairs) - limit:,} more")
        return lines
