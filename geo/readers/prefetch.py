"""Prefetch: compute the next item of an iterator in a thread while the caller processes the current one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def prefetch(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items of an iterator in order, computing one item ahead in a thread.

    Pays off where computing an item releases the GIL, as Arrow does.

    Parameters
    ----------
    items : iterator
        Must not yield None. Its exceptions are raised in the caller in place of the item.
    """
    # Not a with block: where the caller gives up, the garbage collector may end this generator in any thread, also in
    # one that is just starting and that the wait for the end of ours would then block. A dropped executor ends its
    # thread without waiting.
    thread = ThreadPoolExecutor(1)
    upcoming = thread.submit(next, items, None)
    while (item := upcoming.result()) is not None:
        upcoming = thread.submit(next, items, None)
        yield item
        # Otherwise this item would stay in memory while the item after next is computed.
        del item
    thread.shutdown()
