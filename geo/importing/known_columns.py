"""Columns of the formats that import knows, also where a table was cut, renamed or joined with others."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Points of a column that only this format has, and of one that others have too.
_TELLING, _TYPICAL = 2, 1
#: Points from which a table is of a format.
ENOUGH = 8
#: Points of a table with the whole key of a format, more than any cut one has.
_WHOLE = 1000
#: What joins add to the names of columns that both tables have.
_JOINED = re.compile(r"_[xy]$")
#: Columns that must share a prefix to have it taken off.
_SHARED = 3


@dataclass(frozen=True)
class Layout:
    """The columns of a format.

    Attributes
    ----------
    key : tuple of str
        Columns that together only this format has.
    telling, typical : tuple of str
        Columns that only this format has, and that it shares with others.
    costs : dict of str to str
        What is not known without a column.
    spellings : dict of str to str
        The format's name of a column by another name that it goes by.
    """

    key: tuple[str, ...]
    telling: tuple[str, ...]
    typical: tuple[str, ...]
    costs: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)

    def named(self, columns: Iterable[str]) -> dict[str, str]:
        """Return the table's name of each column of the format that it has."""
        columns = [str(column) for column in columns]
        known = {*self.key, *self.telling, *self.typical, *self.costs}
        exact = {column.lower(): column for column in reversed(columns)}
        found = {name: exact[name] for name in known if name in exact}
        # Names of the format itself begin alike too: the id in conflict_id is not that of the row.
        own = {head for name in known for head in _heads(name)}
        for column, names in zip(columns, _simplified(columns, own), strict=True):
            for name in names:
                name = self.spellings.get(name, name)
                if name in known:
                    found.setdefault(name, column)
        return found

    def score(self, columns: Iterable[str]) -> int:
        """Return how much a table looks like one of the format: `ENOUGH` or more if it is."""
        present = self.named(columns).keys()
        telling = len(present & set(self.telling))
        if present >= set(self.key):
            return _WHOLE + len(present)
        if not telling:
            return 0
        return _TELLING * telling + _TYPICAL * len(present & set(self.typical))

    def missing(self, columns: Iterable[str]) -> list[str]:
        """Return the columns of the key that a table lacks."""
        present = self.named(columns)
        return [name for name in self.key if name not in present]


def _simplified(columns: list[str], own: set[str]) -> list[list[str]]:
    """Return the names that each column may stand for, likeliest first: in small letters, without affixes of joins.

    Parameters
    ----------
    columns : list of str
    own : set of str
        Beginnings of names that are no prefix.
    """
    plain = [plain_name(column) for column in columns]
    heads = Counter(head for name in plain for head in _heads(name))
    shared = {head for head, count in heads.items() if count >= _SHARED} - own
    names = []
    for name in plain:
        bare = _JOINED.sub("", name)
        cut = [bare.removeprefix(head) for head in _heads(bare) if head in shared]
        names.append(list(dict.fromkeys([name, bare, *cut])))
    return names


def plain_name(column: str) -> str:
    """Return a column name in small letters, with one underscore for the signs between its words."""
    return re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")


def _heads(name: str) -> list[str]:
    """Return the beginnings of a name that may be a prefix: one or two words with the sign after them."""
    ends = [match.end() for match in re.finditer("_", name)][:2]
    return [name[:end] for end in ends]
