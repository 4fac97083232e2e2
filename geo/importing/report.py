"""The report of an import."""

from dataclasses import dataclass, field
from pathlib import Path

from geo.importing.detect import NAMES
from geo.importing.remedies import remedy

#: Share of rejected rows above which the report begins with them, and the number of reasons that it begins with.
MANY = 0.05
_FIRST = 3


@dataclass(frozen=True)
class FileReport:
    """How many rows of one table an import kept and rejected.

    Attributes
    ----------
    path : Path
    name : str
        The name of the file, or its path where another table of the import has the same name.
    format : str
        ``ucdp``, ``acled``, ``gtd`` or ``table``.
    read, kept, rejected : int
        Rows of the table; ``read == kept + rejected``.
    notes : list of str
        How the table was read.
    reasons : list of (text, count)
        Reasons for rejected rows, most frequent first.
    """

    path: Path
    name: str
    format: str
    read: int
    kept: int
    rejected: int
    notes: list[str]
    reasons: list[tuple[str, int]]


@dataclass(frozen=True)
class ImportReport:
    """How many rows an import kept and rejected, and why.

    Attributes
    ----------
    format : str
        ``ucdp``, ``acled``, ``gtd`` or ``table``; ``several`` if the tables are of different formats.
    read, kept, rejected : int
        Rows of all tables; ``read == kept + rejected``.
    target : Path or None
        File of the records; None if they are not written to a file, or there are none.
    rejected_path : Path or None
        File of the rejected rows and their reasons; None if no row was rejected, or they are not written to a file.
    notes : list of str
        How the tables were read; with several tables, each note begins with the name of its file.
    reasons, disagreements, unknown_countries, unplaced : list of (text, count)
        Reasons for rejected rows; provinces that disagree with the coordinates; unknown countries; provinces that were
        not found. Most frequent first.
    files : list of FileReport
        One for each table.
    """

    format: str
    read: int
    kept: int
    rejected: int
    target: Path | None
    rejected_path: Path | None
    notes: list[str]
    reasons: list[tuple[str, int]]
    disagreements: list[tuple[str, int]]
    unknown_countries: list[tuple[str, int]]
    unplaced: list[tuple[str, int]]
    files: list[FileReport] = field(default_factory=list)

    def lines(self, limit: int = 10) -> list[str]:
        """Return the report as lines of text, with at most ``limit`` entries per list.

        If many rows are rejected, or all are, it begins with the reasons and what to try.
        """
        lines = [*self.warning(), *self._file_lines()]
        kept = f"{self.kept:,} kept in {self.target}" if self.target else f"{self.kept:,} kept"
        of_files = f" of {len(self.files)} files" if len(self.files) > 1 else ""
        lines.append(f"{self.read:,} rows{of_files} read, {kept}, {self.rejected:,} rejected")
        rows_in = f" (rows in {self.rejected_path})" if self.rejected_path else ""
        for title, pairs in (
            (f"rejected{rows_in}", self.reasons),
            ("place names, polygons and coordinates that differ; the rows are kept", self.disagreements),
            ("unknown country", self.unknown_countries),
            ("province not found", self.unplaced),
        ):
            if pairs:
                lines.append(f"{title}:")
                lines += [f"  {count:,} × {words}" for words, count in pairs[:limit]]
            if len(pairs) > limit:
                lines.append(f"  and {len(pairs) - limit:,} more")
        return lines

    def warning(self) -> list[str]:
        """Return what a user must know first: that nothing or little was kept, why, and what to try."""
        if not self.read:
            return ["nothing kept: the table has no rows" if len(self.files) < 2 else "nothing kept: no table has rows"]
        if self.rejected <= MANY * self.read:
            return []
        if self.kept:
            share = 100 * self.rejected / self.read
            lines = [f"{self.rejected:,} of {self.read:,} rows ({share:.1f} %) rejected, most often because:"]
        else:
            lines = [f"nothing kept: all {self.read:,} rows rejected, most often because:"]
        for words, count in self.reasons[:_FIRST]:
            lines += [f"  {count:,} × {words}", f"    try: {remedy(words)}"]
        if not self.kept:
            found = NAMES.get(self.format, "tables of several formats")
            lines.append(
                f"read as {found}; if that is wrong, try --format ucdp, acled, gtd or table, with --map COLUMN=FIELD"
            )
        return lines

    def _file_lines(self) -> list[str]:
        if len(self.files) < 2:
            return [f"format: {NAMES[self.format]}", *self.notes]
        lines = []
        for file in self.files:
            counts = f"{file.read:,} rows read, {file.kept:,} kept, {file.rejected:,} rejected"
            lines += [f"{file.name}: {NAMES[file.format]}, {counts}", *(f"  {note}" for note in file.notes)]
        return lines
