"""Read the view of a map from the fragment of a link, and say what in it is not there."""

import re
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

from geo.model import Kind, Metric
from geo.stats.dataset import Dataset
from geo.web.layers import LAYERS

#: The parts of a fragment, as geo/static/core/fragment.js writes them.
KEYS = ("years", "metric", "layers", "map", "type", "group", "precision", "cross_border", "q", "on", "record")
#: Layers of a step that names none.
_LAYERS = ("choropleth", "incidents", "strongholds", "cross_border")


def state_of(fragment: str, of: Dataset) -> tuple[dict[str, Any], list[str]]:
    """Return the state of a page that a fragment names, complete, and the faults in it.

    Parameters
    ----------
    fragment : str
        Without ``#``: ``years=2021-2022&group=Taliban``.
    of : Dataset

    Returns
    -------
    state : dict
        ``years, metric, layers, view, filters, record`` as ``geoMap.setState`` takes them; what the fragment does not
        name has its default, and ``view`` is None without ``map``.
    faults : list of str
    """
    state: dict[str, Any] = {
        "years": None,
        "metric": str(Metric.INCIDENTS),
        "layers": list(_LAYERS),
        "view": None,
        "record": None,
        "filters": {"event_type": [], "group": [], "precision": "all", "cross_border": False, "text": "", "on": ""},
    }
    faults: list[str] = []
    for part in filter(None, fragment.split("&")):
        name, _, value = part.partition("=")
        if name not in KEYS:
            faults.append(f"{name[:40]!r} is no part of a view; parts are {', '.join(KEYS)}")
        elif fault := _READERS[name](state, unquote_plus(value), of):
            faults.append(f"{name} = {value[:60]!r}: {fault}")
    return state, faults


def _years(state: dict[str, Any], value: str, of: Dataset) -> str | None:
    if value == "all":
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", value)
    if found is None:
        return "give a year, two with - between them, or all"
    first, last = int(found[1]), int(found[2] or found[1])
    if of.extent is None or first > last or last < of.extent[0] or first > of.extent[1]:
        return "no record has a date" if of.extent is None else f"the records run from {of.extent[0]} to {of.extent[1]}"
    state["years"] = [first, last]
    return None


def _metric(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["metric"] = value
    return None if value in tuple(Metric) else f"give one of {', '.join(Metric)}"


def _layers(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["layers"] = [name for name in value.split(",") if name]
    unknown = [name for name in state["layers"] if name not in LAYERS]
    return f"no layer {unknown[0]!r}; layers are {', '.join(LAYERS)}" if unknown else None


def _view(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)", value)
    if found is None:
        return "give zoom, latitude and longitude as 7/34.5/69.2"
    zoom, lat, lng = map(float, found.groups())
    state["view"] = {"zoom": zoom, "lat": lat, "lng": lng}
    return None if zoom <= 22 and abs(lat) <= 90 and abs(lng) <= 360 else "no such place"


def _words(column: str) -> Any:
    def read(state: dict[str, Any], value: str, of: Dataset) -> str | None:
        words = [word for word in value.split(",") if word]
        state["filters"][column] = words
        parties = ("group", "actor1", "actor2") if column == "group" else (column,)
        known = {word for name in parties for word in of.records[name].dropna().unique()}
        unknown = [word for word in words if word not in known]
        return f"no record has {unknown[0]!r}" if unknown else None

    return read


def _precision(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["filters"]["precision"] = value
    return None if value in ("all", "exact") else "give all or exact"


def _abroad(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["filters"]["cross_border"] = value == "1"
    return None if value in ("0", "1") else "give 1 or 0"


def _text(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["filters"]["text"] = value
    return None


def _day(state: dict[str, Any], value: str, _of: Dataset) -> str | None:
    state["filters"]["on"] = value
    try:
        return None if date.fromisoformat(value).isoformat() == value else "give a day as 2021-08-26"
    except ValueError:
        return "give a day as 2021-08-26"


def _record(state: dict[str, Any], value: str, of: Dataset) -> str | None:
    state["record"] = value or None
    shown = of.records[of.records["kind"].isin([str(kind) for kind in Kind]).to_numpy(bool)]
    return None if (shown["id"] == value).any() else "no record has this id"


_READERS: dict[str, Any] = {
    "years": _years,
    "metric": _metric,
    "layers": _layers,
    "map": _view,
    "type": _words("event_type"),
    "group": _words("group"),
    "precision": _precision,
    "cross_border": _abroad,
    "q": _text,
    "on": _day,
    "record": _record,
}
