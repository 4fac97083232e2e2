"""Text on a sheet, in inches from its lower left corner; all handling of fonts."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Comes with matplotlib, so that a figure looks the same on every machine.
DEFAULT_FONT = "DejaVu Sans"
POINTS_PER_INCH = 72
#: Distance between lines of text, in font sizes.
LEADING = 1.28


def plain(words: object) -> str:
    """Return text on one line without control characters, which no font can draw."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in str(words))
    return " ".join(kept.split())


def find_fonts(font: str | None, words: Sequence[str]) -> list[str]:
    """Return the font families to draw with: the one asked for, then what its missing letters need.

    Parameters
    ----------
    font : str or None
        Family name; matplotlib's own without one.
    words : sequence of str
        Everything that will be written.

    Raises
    ------
    UsageError
        If the family is not installed, or no installed font has a letter.
    """
    from matplotlib import font_manager

    installed: dict[str, Any] = {}
    for entry in sorted(font_manager.fontManager.ttflist, key=lambda e: (e.name, e.weight != 400, e.fname)):
        installed.setdefault(entry.name, entry)
    first = DEFAULT_FONT if font is None else font
    if first not in installed:
        near = (
            sorted(name for name in installed if name.split()[0].lower() == first.split()[0].lower()) if first else []
        )
        hint = f"; there are {', '.join(near[:5])}" if near else f"; leave it out for {DEFAULT_FONT}"
        raise UsageError(f"font = {first!r}: no such font is installed{hint}")
    families = [first]
    missing = {c for c in "".join(words) if not c.isspace()} - _letters(first)
    # Noto covers nearly every script; other fonts follow by name, so that the choice is the same each time.
    for name in [DEFAULT_FONT, *sorted(installed, key=lambda n: (not n.startswith("Noto Sans"), n))]:
        if not missing:
            return families
        if name != "Last Resort High-Efficiency" and missing & (letters := _letters(name)):
            families.append(name)
            missing -= letters
    if missing:
        signs = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in sorted(missing)[:5])
        raise UsageError(f"no installed font can draw {signs}; install one that can, or change the text")
    return families


def _letters(family: str) -> set[str]:
    from matplotlib import font_manager

    path = font_manager.findfont(font_manager.FontProperties(family=[family]))
    return {chr(code) for code in font_manager.get_font(path).get_charmap()}


class Pen:
    """Draws on one figure in inches.

    Parameters
    ----------
    figure : Figure
        Its size may still change until `finish`.
    families : list of str
        Fonts, the first wanted first.
    """

    def __init__(self, figure: "Figure", families: list[str]) -> None:
        self.figure, self.families = figure, families
        self._widths: dict[tuple[str, float, bool], float] = {}
        self.axes: Axes = figure.add_axes((0, 0, 1, 1), zorder=5)
        self.axes.set_axis_off()
        self.resize()

    def resize(self) -> None:
        """Fit the drawing area to the figure's present size."""
        width, height = self.figure.get_size_inches()
        self.axes.set(xlim=(0, width), ylim=(0, height))

    def font(self, size: float, *, bold: bool = False) -> Any:
        """Return font properties."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(family=self.families, size=size, weight="bold" if bold else "normal")

    def measure(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return the width of one line in inches."""
        key = (words, size, bold)
        if key not in self._widths:
            renderer = self.figure.canvas.get_renderer()  # type: ignore[attr-defined]
            width, _, _ = renderer.get_text_width_height_descent(words, self.font(size, bold=bold), False)
            self._widths[key] = float(width) / self.figure.dpi
        return self._widths[key]

    def metres_per_point(self, axes: "Axes") -> float:
        """Return the length of a point on paper in units of a map's axes."""
        west, east = axes.get_xlim()
        return float((east - west) / (axes.get_position().width * self.figure.get_size_inches()[0] * POINTS_PER_INCH))

    def wrap(self, words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Break text into lines no wider than ``width`` inches; a longer word gets its own line, truncated."""
        lines: list[str] = []
        for word in plain(words).split(" "):
            piece = word
            while self.measure(piece, size, bold=bold) > width and len(piece) > 2:
                piece = piece[:-2] + "…"
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and self.measure(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
        return lines

    def text(self, x: float, y: float, words: str, size: float, colour: str, **options: Any) -> None:
        """Write one line; y is its baseline unless ``va`` says otherwise."""
        bold = options.pop("bold", False)
        self.axes.text(
            x,
            y,
            words,
            color=colour,
            fontproperties=self.font(size, bold=bold),
            parse_math=False,
            **options,
        )

    def block(self, x: float, top: float, lines: Sequence[str], size: float, colour: str, **options: Any) -> float:
        """Write lines below each other from ``top`` down; return where they end."""
        step = size * LEADING / POINTS_PER_INCH
        for i, line in enumerate(lines):
            self.text(x, top - i * step - size * 0.98 / POINTS_PER_INCH, line, size, colour, **options)
        return top - len(lines) * step
