"""Text on a sheet, in inches from its lower left corner; all handling of fonts."""

import re
from bisect import bisect_left
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
#: Longest text, in characters, that is written whole, several times what a sheet has room for: measuring and drawing
#: take time and memory by the character, and any cell of a table may hold megabytes.
LONGEST = 2000
#: Control characters and separators of lines; characters that no font has and that UTF-8 or XML cannot hold.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_TEXT = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(words: object) -> str:
    """Return text on one line without control characters, which no font can draw; no text is U+FFFD."""
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", " ".join(_CONTROL.sub(" ", str(words)).split()))


def shortened(words: str) -> str:
    """Return text no longer than `LONGEST`; longer text is cut and ends with an ellipsis."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def find_fonts(font: str | None, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the font families to draw with, and the characters that no installed font has.

    Parameters
    ----------
    font : str or None
        Family name; matplotlib's own without one.
    words : sequence of str
        Everything that will be written.

    Returns
    -------
    families : list of str
        The one asked for, then those that have letters which it lacks.
    missing : list of str
        Characters that are drawn as a box.

    Raises
    ------
    UsageError
        If the family is not installed.
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
            break
        if name != "Last Resort High-Efficiency" and missing & (letters := _letters(name)):
            families.append(name)
            missing -= letters
    return families, sorted(missing)


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
        """Return the width of one line in inches; of longer text, that of its first `LONGEST` characters."""
        words = words[:LONGEST]
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
        """Break text into lines no wider than ``width`` inches; a longer word gets its own line, truncated.

        Text is `shortened` before.
        """

        def fits(line: str) -> bool:
            return self.measure(line, size, bold=bold) <= width

        lines: list[str] = []
        for word in shortened(plain(words)).split(" "):
            piece = word
            if not fits(word) and len(word) > 2:
                # Each letter makes the word wider, so the longest part that fits is found by halving.
                kept = bisect_left(range(2, len(word)), True, key=lambda n: not fits(word[:n] + "…")) + 1
                piece = word[:kept] + "…"
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and fits(longer):
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
