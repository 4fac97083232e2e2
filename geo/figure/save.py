"""Save a figure as PNG, SVG or PDF, reproducibly and with its description as metadata."""

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.errors import UsageError
from geo.figure.pen import DEFAULT_FONT
from geo.stats.describe import Description
from geo.web.escape import text
from geo.write import atomic_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg", ".pdf")
#: Fallback fonts with metrics similar to those of DejaVu Sans, for viewers of an SVG without it.
_LIKE_DEJAVU = f"'{DEFAULT_FONT}', Verdana, sans-serif"


def check_output(path: Path, dpi: float) -> None:
    """Raise UsageError unless a figure can be written in the format of this suffix at this resolution."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path}: a figure is written as {', '.join(FORMATS)}, chosen by the suffix")
    if not 30 <= dpi <= 2400:
        raise UsageError(f"dpi = {dpi:g}: give 30 to 2400 dots per inch")


def save(figure: "Figure", description: Description, digest: str, path: str | Path, dpi: float) -> None:
    """Write a figure atomically; see ``MapFigure.save``."""
    path = Path(path)
    check_output(path, dpi)
    kind = path.suffix.lower()
    import matplotlib as mpl

    settings: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": digest, "pdf.fonttype": 42, "ps.fonttype": 42}
    buffer = BytesIO()
    with mpl.rc_context(settings):
        figure.savefig(buffer, format=kind[1:], dpi=dpi, metadata=_metadata(kind, description, digest))
    content = buffer.getvalue()
    if kind == ".svg":
        content = _accessible(content.decode("utf-8"), description).encode("utf-8")
    with atomic_path(path) as part:
        part.write_bytes(content)


def _metadata(kind: str, description: Description, digest: str) -> dict[str, Any]:
    software = f"geo {__version__}"
    if kind == ".png":
        return {
            "Title": description.title,
            "Description": description.long,
            "Alt": description.alt,
            "Source": f"data {digest}",
            "Software": software,
        }
    if kind == ".pdf":
        return {
            "Title": description.title,
            "Subject": description.alt,
            "Keywords": f"data {digest}",
            "Creator": software,
            "Producer": None,
            "CreationDate": None,
            "ModDate": None,
        }
    return {
        "Title": description.title,
        "Description": description.long,
        "Identifier": f"data {digest}",
        "Creator": software,
        "Date": None,
    }


def _accessible(svg: str, description: Description) -> str:
    """Add role and description for screen readers to an SVG, and fallback fonts."""
    element = f"<desc>{text(description.alt)} {text(description.long)}</desc>"
    svg = re.sub(r"(<svg\b[^>]*)>", r'\1 role="img">', svg, count=1)
    svg = svg.replace("</title>\n", f"</title>\n {element}\n", 1)
    return re.sub(rf"'{DEFAULT_FONT}'(?=[;\"])", _LIKE_DEJAVU, svg)
