"""Layout of a sheet: blocks of the legend in columns beside the map, below it, or both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Item(Protocol):
    """A part of the legend whose height depends on the width it gets."""

    def height(self, width: float) -> float:
        """Return the height in inches, with the space below."""

    def write(self, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at x, top."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet and its items, from the top.

    Attributes
    ----------
    width : float
    items : tuple of Item
    """

    width: float
    items: tuple[Item, ...] = ()

    @property
    def height(self) -> float:
        """Height of its items."""
        return sum(item.height(self.width) for item in self.items)

    def write(self, x: float, top: float) -> None:
        """Draw its items."""
        for item in self.items:
            item.write(x, top, self.width)
            top -= item.height(self.width)


def pack(items: Sequence[Item], n: int, width: float) -> list[Column]:
    """Distribute items over ``n`` columns in order, each to the shortest column."""
    columns = [Column(width) for _ in range(n)]
    for item in items:
        i = min(range(n), key=lambda i: columns[i].height)
        columns[i] = Column(width, (*columns[i].items, item))
    return columns


def fill(items: Sequence[Item], width: float, height: float) -> tuple[Column, list[Item]]:
    """Fill one column with items in order while they fit; return it and the remaining items."""
    column = Column(width)
    rest: list[Item] = []
    for item in items:
        if rest or column.height + item.height(width) > height:
            rest.append(item)
        else:
            column = Column(width, (*column.items, item))
    return column, rest
