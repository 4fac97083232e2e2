"""What the fuzzer calls with a damaged file: each returns, or raises an error of geo with one line."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from geo.errors import GeoError


@cache
def _provinces() -> Any:
    from geo.admin.provinces import read_provinces

    return read_provinces(countries="AF")


def _table(path: Path) -> None:
    from geo.readers.table import read_table

    for _ in read_table(path).blocks:
        pass


def _import(path: Path) -> None:
    from geo.importing.run import import_file
    from geo.readers import read_incidents
    from geo.rules.validate import validate

    target = path.with_name("out.geojson")
    report = import_file(path, target, provinces=_provinces())
    if report.read != report.kept + report.rejected:
        raise AssertionError(f"{report.read} rows read, {report.kept} kept and {report.rejected} rejected")
    if report.kept and (faults := validate(read_incidents(target), provinces=_provinces())):
        raise AssertionError(f"what was imported is not valid: {faults[0]}")


def _records(path: Path) -> None:
    from geo.readers import read_incidents
    from geo.rules.validate import validate

    for fault in validate(read_incidents(path), provinces=_provinces()):
        _one_line(str(fault))


def _partitions(path: Path) -> None:
    from geo.dask.summary import summarise_partitions

    summarise_partitions(path, _provinces())


def _places(path: Path) -> None:
    from geo.importing.geocode_table import geocode_table

    geocode_table(path, path.with_name("out.csv"))


def _province_files(path: Path) -> None:
    from geo.admin.provinces import area_km2, label_points, read_provinces, successors

    provinces = read_provinces(path)
    successors(provinces), label_points(provinces), area_km2(provinces)


def _polygons(path: Path) -> None:
    from geo.boundaries.add import add_provinces

    os.environ["GEO_DATA"] = str(path.with_name("store"))
    try:
        add_provinces(path)
    finally:
        del os.environ["GEO_DATA"]


def _language(path: Path) -> None:
    from geo.web.assets import interface_text

    interface_text(path)


def _sources(path: Path) -> None:
    from geo.readers.sources import read_sources

    read_sources(path)


def _page(path: Path) -> None:
    from geo.web.embed import embed

    embed(path, format="quarto")


_CALLS: dict[str, Callable[[Path], None]] = {
    "table": _table,
    "import": _import,
    "records": _records,
    "partitions": _partitions,
    "places": _places,
    "provinces": _province_files,
    "polygons": _polygons,
    "language": _language,
    "sources": _sources,
    "page": _page,
}


def check(name: str, data: bytes) -> str:
    """Read data as a file of a kind.

    Parameters
    ----------
    name : str
        A key of ``seeds.SEEDS``, such as ``table.csv``: what reads the file, and the suffix of its name.
    data : bytes

    Returns
    -------
    str
        The message with which geo refuses it; "" if it does not.

    Raises
    ------
    Exception
        Any that is not a ``GeoError`` with a message of one line: a fault of geo.
    """
    kind, _, suffix = name.partition(".")
    folder = Path(tempfile.mkdtemp(prefix="geo-fuzz-"))
    try:
        path = folder / f"damaged.{suffix}"
        path.write_bytes(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _CALLS[kind](path)
    except GeoError as error:
        _one_line(str(error))
        return str(error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ""


def _one_line(message: str) -> None:
    message.encode()
    if len(message.splitlines()) != 1 or len(message) > 4000:
        raise AssertionError(f"not one line of at most 4000 letters: {message[:200]!r}")
