"""Prefetch: order, exceptions, and that a caller who gives up waits for nothing."""

import threading
import time
from collections.abc import Iterator

import pytest

from geo.readers.prefetch import prefetch


def test_items_come_in_order_and_the_thread_ends() -> None:
    before = threading.active_count()
    assert list(prefetch(iter([3, 1, 2]))) == [3, 1, 2]
    assert list(prefetch(iter([]))) == []
    assert threading.active_count() == before


def test_an_exception_stands_in_place_of_its_item() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("second")

    found = prefetch(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="second"):
        next(found)


def test_giving_up_does_not_wait_for_the_next_item() -> None:
    """The garbage collector may end the generator where waiting for its thread would never end."""
    go_on, before = threading.Event(), set(threading.enumerate())

    def items() -> Iterator[int]:
        yield 1
        go_on.wait(60)
        yield 2

    found = prefetch(items())
    assert next(found) == 1
    closing = threading.Thread(target=found.close)
    closing.start()
    closing.join(10)
    waits = closing.is_alive()
    go_on.set()
    assert not waits
    # The thread that computes items ends by itself.
    del found
    for _ in range(100):
        if set(threading.enumerate()) <= before:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the thread of a dropped prefetch goes on")
