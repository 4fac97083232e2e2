"""A place of the gazetteer, and one of its names."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A unit or town of the gazetteer.

    Attributes
    ----------
    past_code, past_until : str
        The province in which it lay before today's, and that province's last day there (ISO); empty for most.
    lon, lat : float or None
        Degrees, WGS 84. A district's point is that of its chief town.
    population : int
        0 where it is not known.
    """

    level: str
    name: str
    admin1_code: str
    past_code: str = ""
    past_until: str = ""
    parent: str = ""
    lon: float | None = None
    lat: float | None = None
    population: int = 0

    def code_on(self, day: str | None) -> str:
        """Return the code of the province in which the place lay on a day, or lies today.

        The name of a province that has ended stands for that province where no day is given.
        """
        if (
            not self.past_code
            or (day is None and self.level != "admin1")
            or (day is not None and day > self.past_until)
        ):
            return self.admin1_code
        return self.past_code


class Entry(NamedTuple):
    """One name of a place; ``bare`` says that the words for its type ("district") have been taken off."""

    place: Place
    official: bool
    bare: bool
