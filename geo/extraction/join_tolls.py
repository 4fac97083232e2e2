"""The figures of one event that several sentences tell of."""

from geo.extraction.tolls import Part, Toll, toll


def joined(sentences: list[list[Part]]) -> tuple[Toll, list[Toll]]:
    """Return the toll of an event, and those of other sentences that differ from it.

    Figures of different sides add up; a total stands for all; a later figure for the same people is a rival.
    """
    tolls = [toll(parts) for parts in sentences if parts]
    said = [found for found in tolls if found.said]
    if not said:
        return (tolls[0] if tolls else Toll()), []
    totals = [found for found in said if any(part.total for part in found.parts)]
    result = totals[-1] if totals else said[0]
    rivals: list[Toll] = []
    for other in said:
        if other is result or _same(other, result):
            continue
        if totals:
            if not _is_within(other, result):
                rivals.append(other)
            continue
        if all(part.part for part in other.parts) or _breaks_down(other, result):
            continue
        if _breaks_down(result, other):
            result = other  # the later sentence has the total
        elif _adds(result, other):
            result = _sum(result, other)
        elif not _is_within(other, result):
            rivals.append(other)
    return result, rivals


def _sides(found: Toll) -> set[str]:
    return {part.side for part in found.parts if not part.part}


def _adds(one: Toll, two: Toll) -> bool:
    if any(part.more for part in two.parts):
        return True
    sides = _sides(one), _sides(two)
    return not sides[0] & sides[1] and "unknown" not in sides[0] | sides[1]


def _same(one: Toll, two: Toll) -> bool:
    return (one.low, one.best, one.high) == (two.low, two.best, two.high)


def _is_within(one: Toll, two: Toll) -> bool:
    """Tell whether a figure may be part of another: no more, and of people whose side the other leaves open."""
    return one.best is not None and two.best is not None and one.best <= two.best


def _breaks_down(one: Toll, two: Toll) -> bool:
    """Tell whether the parts of one figure add up to another: "eight people", "three soldiers and five rebels"."""
    return one.best is not None and one.best == two.best and len(one.parts) != len(two.parts)


def _sum(one: Toll, two: Toll) -> Toll:
    def plus(left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left + right

    low = plus(one.low or 0, two.low or 0) if one.low is not None or two.low is not None else None
    return Toll(low, plus(one.best, two.best), plus(one.high, two.high), one.parts + two.parts)
