"""A figure -> PNG, SVG or PDF: with its words as metadata, the same bytes each time."""

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
#: Fonts with the measures of DejaVu Sans, for readers of an SVG who do not have it.
_LIKE_DEJAVU = f"'{DEFAULT_FONT}', Verdana, sans-serif"


def check_output(path: Path, dpi: float) -> None:
    """Raise UsageError unless a figure can be written in the format of this suffix, so finely."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path}: a figure is written as {', '.join(FORMATS)}; the suffix says which")
    if not 30 <= dpi <= 2400:
        raise UsageError(f"dpi = {dpi:g}: give 30 to 2400 dots per inch")


def save(figure: "Figure", said: Description, digest: str, path: str | Path, dpi: float) -> None:
    """Write a figure, whole or not at all; see ``MapFigure.save``."""
    path = Path(path)
    check_output(path, dpi)
    kind = path.suffix.lower()
    import matplotlib as mpl

    settings: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": digest, "pdf.fonttype": 42, "ps.fonttype": 42}
    buffer = BytesIO()
    with mpl.rc_context(settings):
        figure.savefig(buffer, format=kind[1:], dpi=dpi, metadata=_metadata(kind, said, digest))
    content = buffer.getvalue()
    if kind == ".svg":
        content = _accessible(content.decode("utf-8"), said).encode("utf-8")
    with atomic_path(path) as part:
        part.write_bytes(content)


def _metadata(kind: str, said: Description, digest: str) -> dict[str, Any]:
    maker = f"geo {__version__}"
    if kind == ".png":
        return {
            "Title": said.title,
            "Description": said.long,
            "Alt": said.alt,
            "Source": f"data {digest}",
            "Software": maker,
        }
    if kind == ".pdf":
        words = {"Title": said.title, "Subject": said.alt, "Keywords": f"data {digest}", "Creator": maker}
        return words | {"Producer": None, "CreationDate": None, "ModDate": None}
    return {
        "Title": said.title,
        "Description": said.long,
        "Identifier": f"data {digest}",
        "Creator": maker,
        "Date": None,
    }


def _accessible(svg: str, said: Description) -> str:
    """Describe an SVG for screen readers, and name fonts that stand in for matplotlib's."""
    words = f"<desc>{text(said.alt)} {text(said.long)}</desc>"
    svg = re.sub(r"(<svg\b[^>]*)>", r'\1 role="img">', svg, count=1)
    svg = svg.replace("</title>\n", f"</title>\n {words}\n", 1)
    return re.sub(rf"'{DEFAULT_FONT}'(?=[;\"])", _LIKE_DEJAVU, svg)
