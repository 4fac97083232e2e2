"""Make the next item of an iterator while the present one is worked on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items of an iterator, none of which is None, in their order, each made in a thread one step ahead.

    Of use where making an item leaves Python free, as Arrow does. What the iterator raises is raised in its place.
    """
    with ThreadPoolExecutor(1) as thread:
        upcoming = thread.submit(next, items, None)
        while (item := upcoming.result()) is not None:
            upcoming = thread.submit(next, items, None)
            yield item
            # Else it would be in memory while the one after the next is made.
            del item
