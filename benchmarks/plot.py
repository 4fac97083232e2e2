"""The figures of ``make bench`` as one SVG file; equal figures give equal bytes."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

PANELS = {"build_s": "Build, s", "size_mb": "File, MB", "usable_ms": "Usable after, ms", "year_ms": "Year change, ms"}
#: Okabe and Ito's colours, which most colour-blind readers tell apart; geo is black and thick.
COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#0072b2", "#d55e00")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")


def draw(rows: list[dict[str, Any]], target: Path) -> None:
    """Draw each measure against the number of records, a line a tool, on logarithmic scales."""
    tools = list(dict.fromkeys(row["tool"] for row in rows))
    figure = Figure(figsize=(10, 8), layout="constrained")
    FigureCanvasSVG(figure)
    for panel, (key, title) in zip(figure.subplots(2, 2).ravel(), PANELS.items(), strict=True):
        for number, tool in enumerate(tools):
            points = [(row["records"], row[key]) for row in rows if row["tool"] == tool and _is_number(row.get(key))]
            if points:
                panel.plot(*zip(*points, strict=True), label=tool, **_style(tool, number))
        panel.set(xscale="log", yscale="log", title=title, xlabel="records")
        panel.grid(visible=True, which="major", alpha=0.3)
    handles = {}
    for panel in figure.axes:
        handles |= dict(zip(*reversed(panel.get_legend_handles_labels()), strict=True))
    if handles:
        figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=4, frameon=False)
    with mpl.rc_context({"svg.hashsalt": "geo", "svg.fonttype": "none"}):
        figure.savefig(target, format="svg", metadata={"Date": None})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def _style(tool: str, number: int) -> dict[str, Any]:
    if tool == "geo":
        return {"color": "black", "linewidth": 2.5, "marker": "o"}
    return {"color": COLOURS[number % len(COLOURS)], "linewidth": 1.2, "marker": MARKERS[number % len(MARKERS)]}
