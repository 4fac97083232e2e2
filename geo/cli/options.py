"""Arguments and options shared by several commands, and the conversion of their values."""

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


def source(text: str) -> Path | str:
    """Return a path, or an address such as ``s3://bucket/records`` unchanged."""
    return text if "://" in text else Path(text)


def incidents_argument(command: Command) -> Command:
    """Add the optional INCIDENTS file."""
    return click.argument("incidents", required=False, type=click.Path(path_type=Path))(command)


def provinces_option(command: Command) -> Command:
    """Add ``--provinces``."""
    return click.option(
        "--provinces",
        type=click.Path(path_type=Path),
        help="Folder of province polygons (GeoJSON); by default those that come with geo.",
    )(command)


def level_option(command: Command) -> Command:
    """Add ``--level``."""
    return click.option(
        "--level",
        type=click.Choice(["province", "district"]),
        default="province",
        show_default=True,
        help="Areas that count; districts are those that were added with geo provinces add --level 2.",
    )(command)


def years_option(command: Command) -> Command:
    """Add ``--years``."""
    return click.option("--years", type=YEARS, help="Period, both years included: 2015:2024, or one year: 2021.")(
        command
    )


def source_argument(command: Command) -> Command:
    """Add the optional INCIDENTS that may be partitioned: a file, folder or address."""
    return click.argument("incidents", required=False, type=source)(command)


def engine_options(command: Command) -> Command:
    """Add ``--engine`` and ``--scheduler``."""
    command = click.option(
        "--scheduler", metavar="ADDRESS", help="With dask: cluster to use, tcp://host:port; this machine by default."
    )(command)
    return click.option(
        "--engine",
        type=click.Choice(["pandas", "dask"]),
        default="pandas",
        show_default=True,
        help="dask is for GeoParquet (file, folder or address) larger than memory.",
    )(command)


def dask_source(engine: str, scheduler: str | None, incidents: Path | str | None) -> Path | str | None:
    """Return the source to read with dask, None for another engine; exit with code 2 if options conflict."""
    if engine != "dask":
        if scheduler is not None:
            raise click.UsageError("--scheduler needs --engine dask")
        return None
    if incidents is None:
        raise click.UsageError("--engine dask needs INCIDENTS: a GeoParquet file, a folder of them, or its address")
    return incidents


def local_path(incidents: Path | str | None) -> Path | None:
    """Return INCIDENTS as a path; exit with code 2 if it is an address."""
    if isinstance(incidents, str):
        raise click.UsageError(f"{incidents}: addresses need --engine dask")
    return incidents


def min_score_option(command: Command) -> Command:
    """Add ``--min-score``."""
    return click.option(
        "--min-score",
        type=click.FloatRange(0, 1),
        default=0.0,
        show_default=True,
        help="Leave names open whose match scores lower; docs/concepts/names.md says what a score means.",
    )(command)
