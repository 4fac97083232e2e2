"""Encode provinces for a page: polygons of every vintage, names, areas and successors."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.admin.provinces import area_km2, label_points, successors
from geo.model import Kind
from geo.payload.container import Block, smallest
from geo.payload.topology import build_topology, encode_points


def add_provinces(
    data: Block, located: GeoDataFrame, provinces: GeoDataFrame, cells: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Add polygons, and the province of each record, to a block.

    Parameters
    ----------
    data : Block
        Receives the sections ``arcs``, ``arcs:lengths``, ``ring_arcs``, ``ring_arcs:lengths``, ``areas:lengths``
        and ``admin1_code``, and with ``cells`` also ``cells:admin1_code``.
    located : GeoDataFrame, shape (n,)
    provinces : GeoDataFrame, shape (m,)
    cells : DataFrame, optional
        Aggregated incidents, as ``geo.stats.bins.bin_incidents`` returns them.

    Returns
    -------
    dict
        Header entries ``codes`` (the dictionary of ``admin1_code``, starting at number 1) and their ``names``,
        ``areas`` (one entry per polygon), ``successors`` and ``countries``.
    """
    _add_topology(data, provinces)
    everything = _with_bins(located, cells)
    codes, names = _codes(everything, provinces)
    number = {code: i for i, code in enumerate(codes, start=1)}
    _add_codes(data, "admin1_code", located, number)
    if cells is not None:
        _add_codes(data, "cells:admin1_code", cells, number)
    return {
        "codes": codes,
        "names": names,
        "areas": _areas(provinces, number),
        "successors": {old: new for old, new in sorted(successors(provinces).items()) if old in number},
        "countries": _countries(everything, provinces),
    }


def _add_topology(data: Block, provinces: GeoDataFrame) -> None:
    topology = build_topology(provinces.geometry.to_numpy())
    data.add("arcs", encode_points(topology.arcs))
    data.add("arcs:lengths", _lengths(topology.arcs))
    rings = [ring for area in topology.rings for ring in area]
    data.add("ring_arcs", np.fromiter((arc for ring in rings for arc in ring), np.int32))
    data.add("ring_arcs:lengths", _lengths(rings))
    data.add("areas:lengths", _lengths(topology.rings))


def _with_bins(located: pd.DataFrame, cells: pd.DataFrame | None) -> pd.DataFrame:
    """Return kind and province of all records, bins included."""
    if cells is None:
        return located
    columns = ["kind", "admin1_code", "admin1_name"]
    bins = cells.assign(kind=Kind.INCIDENT.value, admin1_name=None).astype({"admin1_name": "string"})
    return pd.concat([located[columns], bins[columns]], ignore_index=True)


def _add_codes(data: Block, name: str, frame: pd.DataFrame, number: dict[str, int]) -> None:
    """Add the number of each row's province; 0 where there is none."""
    coded, distinct = pd.factorize(frame["admin1_code"].to_numpy(object))
    data.add(name, smallest(np.asarray([0, *(number[code] for code in distinct)])[coded + 1]))


def _areas(provinces: GeoDataFrame, number: dict[str, int]) -> dict[str, list[Any]]:
    """Return what the header says of each polygon, in the order of the topology."""
    labels = shapely.get_coordinates(label_points(provinces).to_numpy()).round(5)
    return {
        "code": [number[code] for code in provinces["admin1_code"]],
        "country": provinces["country_code"].tolist(),
        "from": [_day(day) for day in provinces["valid_from"]],
        "to": [_day(day) for day in provinces["valid_to"]],
        "km2": area_km2(provinces).round(1).tolist(),
        "lng": labels[:, 0].tolist(),
        "lat": labels[:, 1].tolist(),
    }


def _lengths(items: list[Any]) -> Any:
    return smallest(np.fromiter(map(len, items), np.int64, len(items)))


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)[:10]


def _codes(located: pd.DataFrame, provinces: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return all codes in the provinces or the records, sorted, and their names."""
    # The name in the latest vintage wins; a code without a polygon gets the name in its first record.
    names = dict(zip(provinces["admin1_code"], provinces["admin1_name"], strict=True))
    unknown = located[located["admin1_code"].notna() & ~located["admin1_code"].isin(list(names))]
    for code, name in unknown.drop_duplicates("admin1_code")[["admin1_code", "admin1_name"]].itertuples(index=False):
        names[code] = code if pd.isna(name) else name
    codes = sorted(names)
    return [str(code) for code in codes], [str(names[code]) for code in codes]


def _countries(located: pd.DataFrame, provinces: GeoDataFrame) -> dict[str, Any]:
    """Return the label point of each country with provinces, and whether any incident lies in one of them.

    If none does, the map shows its provinces as without data, rather than as zero.
    """
    placed = located.loc[(located["kind"] == Kind.INCIDENT) & located["admin1_code"].notna(), "admin1_code"]
    covered = set(placed.str.slice(0, 2).unique())
    # Not the faster union of coverages: user-supplied polygons may overlap, or touch where one of them has no vertex.
    points = label_points(provinces[provinces["valid_to"].isna()].dissolve(by="country_code"))
    return {
        str(code): {"lng": round(point.x, 5), "lat": round(point.y, 5), "covered": code in covered}
        for code, point in points.items()
    }
