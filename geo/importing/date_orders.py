"""The order of day and month in the columns of a table that is read in blocks."""

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from geo.columns import distinct
from geo.readers.blocks import Block
from geo.readers.date_order import Order, decide, order_evidence


class DateOrders:
    """Works out, once for each column, the order of its dates from all rows of a table.

    Parameters
    ----------
    reopen : callable
        Returns the blocks of the table from its start; called when a column with ambiguous dates is first met, so
        that other tables are read once only.
    """

    def __init__(self, reopen: Callable[[], Iterable[Block]]) -> None:
        self._reopen = reopen
        self._orders: dict[str, Order] = {}

    @classmethod
    def of_frame(cls, frame: pd.DataFrame) -> "DateOrders":
        """Return the orders in the columns of a table that is one frame."""
        return cls(lambda: [Block(frame)])

    def order(self, column: str) -> Order:
        """Return the order of day and month in a column."""
        if column not in self._orders:
            found: Counter[str] = Counter()
            for block in self._reopen():
                if column in block.frame.columns:
                    codes, values = distinct(block.frame[column])
                    found += order_evidence(values, np.bincount(codes, minlength=len(values)).tolist())
            self._orders[column] = decide(found)
        return self._orders[column]
