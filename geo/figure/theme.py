"""Colours and sizes of figures: the colours of the page, and greys for print without colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo import style
from geo.errors import UsageError

#: ColorBrewer Greys for one to five classes, light enough for black hatching and text on all of them.
_GREYS = ("#f0f0f0", "#dedede", "#c6c6c6", "#ababab", "#8c8c8c")
_GREY_SHADES = {0: (), 1: (2,), 2: (1, 3), 3: (1, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}
#: Grey fills of the event types, each in contrast to the previous ones; all have a dark outline.
_GREY_EVENTS = ("#000000", "#ffffff", "#8c8c8c", "#d0d0d0", "#505050", "#b0b0b0")
_GREY_COLOURS = style.COLOURS["light"] | {
    "outside": "#ffffff",
    "land": "#e9e9e9",
    "land_line": "#b0b0b0",
    "zero": "#ffffff",
    "no_data": "#ffffff",
    "no_data_hatch": "#b5b5b5",
    "province_line": "#9a9a9a",
    "country_line": "#303030",
    "label": "#000000",
    "town": "#202020",
    "outline": "#000000",
    "text": "#000000",
    "muted": "#404040",
}
THEMES = ("light", "grey", "dark")

MM = 1 / 25.4


@dataclass(frozen=True)
class Sizes:
    """Sizes of one kind of sheet.

    Attributes
    ----------
    width, height : float
        Inches; a height of 0 means that of the content.
    title, body, label, small : float
        Font sizes in points.
    symbol : float
        Radius of one incident's symbol in points; clusters are at least 1.7 times as large.
    side : float
        Width of the legend beside the map as a share of the sheet's; 0 puts the legend below the map.
    """

    width: float
    height: float
    title: float
    body: float
    label: float
    small: float
    symbol: float
    side: float


#: Common sizes of journals and slides: one column of 85 mm, two of 175 mm, a 16:9 slide of 13.33 inches.
WIDTHS = {
    "column": Sizes(85 * MM, 0, 8.5, 6.5, 5.6, 5.4, 2.5, 0),
    "two-columns": Sizes(175 * MM, 0, 11, 7.5, 6.6, 6.2, 3.2, 0.29),
    "slide": Sizes(13.333, 7.5, 24, 13, 11.5, 10.5, 5.2, 0.24),
}

#: Matplotlib marker of each shape of geo.style, and a scale factor by which all look equally large.
MARKERS = {
    "star": ("*", 1.5),
    "diamond": ("D", 0.85),
    "triangle": ("^", 1.1),
    "square": ("s", 0.9),
    "circle": ("o", 1.0),
    "pentagon": ("p", 1.1),
    "cross": ("X", 1.05),
}


@dataclass(frozen=True)
class Look:
    """Colours, markers and hatching of a figure.

    Attributes
    ----------
    colours : dict of str to str
        As in ``geo.style.COLOURS``.
    shades : tuple of str, shape (k,)
        Fill of each class above zero.
    events : dict of str to (marker, scale, colour)
        By event type; the key ``""`` is for incidents without one.
    groups : dict of str to (colour, angle, dashes)
        Hatching by group; the key ``""`` is for strongholds without one.
    """

    colours: dict[str, str]
    shades: tuple[str, ...]
    events: dict[str, tuple[str, float, str]]
    groups: dict[str, tuple[str, float, tuple[float, ...]]]


def make_look(theme: str, classes: int, event_types: Sequence[str], groups: Sequence[str]) -> Look:
    """Return the look of a theme.

    Parameters
    ----------
    theme : {"light", "grey", "dark"}
    classes : int
        Number of classes above zero.
    event_types, groups : sequence of str
        Most frequent first.

    Raises
    ------
    UsageError
        If the theme is unknown.
    """
    if theme not in THEMES:
        raise UsageError(f"theme = {theme!r}: give one of {', '.join(THEMES)}")
    grey = theme == "grey"
    events = {}
    for i, kind in enumerate(style.event_styles([*event_types, ""])):
        colour = _GREY_EVENTS[i % len(_GREY_EVENTS)] if grey else kind["colour"]
        events[kind["word"]] = (*MARKERS[kind["shape"]], colour)
    hatches = {
        group["word"]: (
            "#000000" if grey else group["dark" if theme == "dark" else "light"],
            group["angle"],
            tuple(group["line"]),
        )
        for group in style.group_styles([*groups, ""])
    }
    shades = tuple(_GREYS[i] for i in _GREY_SHADES[classes]) if grey else style.shades(classes, theme)
    return Look(_GREY_COLOURS if grey else style.COLOURS[theme], shades, events, hatches)


def sizes_of(width: str) -> Sizes:
    """Return the sizes of a sheet of a width.

    Raises
    ------
    UsageError
        If the width is unknown.
    """
    if width not in WIDTHS:
        raise UsageError(f"width = {width!r}: give one of {', '.join(WIDTHS)}")
    return WIDTHS[width]
