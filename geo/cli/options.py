"""Arguments that several commands share, and how their words become values."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class YearsType(click.ParamType):  # type: ignore[type-arg]  # click 8.1, the lower bound, has no argument here
    """``2015:2024`` or ``2021``, both ends included."""

    name = "A:B"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return (first, last)."""
        if isinstance(value, tuple):
            return value
        parts = re.fullmatch(r"(\d{4})(?::(\d{4}))?", value.strip())
        if parts is None:
            self.fail(f"{value!r} is not a period; give two years, 2015:2024, or one, 2021", param, ctx)
        first, last = int(parts[1]), int(parts[2] or parts[1])
        if first > last or not first:
            self.fail(f"{value!r}: the period ends before it starts; give {last}:{first}", param, ctx)
        return first, last


YEARS = YearsType()


def incidents_argument(command: Command) -> Command:
    """Add the optional INCIDENTS file."""
    return click.argument("incidents", required=False, type=click.Path(path_type=Path))(command)


def provinces_option(command: Command) -> Command:
    """Add ``--provinces``."""
    return click.option(
        "--provinces",
        type=click.Path(path_type=Path),
        help="Folder of province polygons (GeoJSON); those that come with geo by default.",
    )(command)


def years_option(command: Command) -> Command:
    """Add ``--years``."""
    return click.option("--years", type=YEARS, help="Period, both years included: 2015:2024, or one year: 2021.")(
        command
    )
