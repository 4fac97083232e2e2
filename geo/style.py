"""Colours, symbols and sizes, as constants; the page receives them as JSON, the static figure uses them directly.

Colours come from two colour-blind safe sets: M. Okabe and K. Ito, "Color Universal Design" (2008), for marks, and
C. Brewer's ColorBrewer 2.0 (Purples, Dark2, Set2, Paired) for areas and groups. No distinction rests on colour
alone: event types also differ in shape, groups in the angle of their hatching, tiers in the line pattern.
"""

from collections.abc import Iterable
from typing import Any

THEMES = ("light", "dark")

# Okabe and Ito's hues without black, the colour of outlines, and yellow, which is too pale on a light background.
VERMILLION, BLUE, GREEN, ORANGE = "#d55e00", "#0072b2", "#009e73", "#e69f00"
SKY_BLUE, PURPLE, GREY = "#56b4e9", "#cc79a7", "#666666"

#: Shape and colour of the event types of ACLED.
EVENT_STYLES = {
    "Explosions/Remote violence": ("star", VERMILLION),
    "Battles": ("diamond", BLUE),
    "Violence against civilians": ("triangle", ORANGE),
    "Strategic developments": ("square", GREEN),
    "Protests": ("circle", SKY_BLUE),
    "Riots": ("pentagon", PURPLE),
}
#: Shared by all event types once the styles above are used up.
OTHER_EVENT_STYLE = ("cross", GREY)

#: Dark2 on a light background, Set2 (the same hues, lighter) on a dark one. Blue is taken from Paired, because Dark2
#: has none; Dark2's light green and yellow are too pale for lines. Grey is reserved for "no data".
GROUP_COLOURS = {
    "light": ("#d95f02", "#1b9e77", "#7570b3", "#e7298a", "#1f78b4", "#a6761d"),
    "dark": ("#fc8d62", "#66c2a5", "#8da0cb", "#e78ac3", "#a6cee3", "#e5c494"),
}
#: Degrees from the horizontal, counter-clockwise; each is as far as possible from the angles before it.
GROUP_ANGLES = (45, 135, 0, 90, 22.5, 112.5)

#: Dash pattern of disputed borders and lines of control in pixels.
DISPUTED_DASH = (5.0, 3.0)
#: Dash pattern of a stronghold's edge in pixels; an empty pattern is a solid line.
TIER_DASHES: dict[str, tuple[float, ...]] = {"assessed": (), "reported": (7, 4), "claimed": (1.5, 4)}

#: For one to five classes. On a light background from sand to plum: the lowest class has to differ from the blue of
#: water as clearly as from white, for colour-blind readers too. On a dark one ColorBrewer's Purples, dim to bright.
SEQUENTIAL = {
    "light": ("#fdecd9", "#fbd5ad", "#f3ab86", "#dd7a80", "#b9528e", "#8f2f8b", "#4d0a63"),
    "dark": ("#3f007d", "#54278f", "#6a51a3", "#807dba", "#9e9ac8", "#bcbddc", "#dadaeb"),
}
#: Indexes into the seven colours of `SEQUENTIAL`, by number of classes.
_SHADES = {0: (), 1: (3,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 6), 5: (1, 2, 3, 4, 6)}

#: All other colours. ``outside`` is water, ``land`` the land beyond the study area.
COLOURS = {
    "light": {
        "outside": "#8fbbd6",
        "land": "#cdd2d5",
        "land_line": "#8b9399",
        "zero": "#fdfdfb",
        "no_data": "#ececea",
        "no_data_hatch": "#858585",
        "province_line": "#8c9096",
        "country_line": "#3f444b",
        "focus": "#111111",
        "label": "#23272d",
        "town": "#3d434b",
        "label_halo": "#ffffff",
        "outline": "#1f2328",
        "halo": "#ffffff",
        "cross_border": "#000000",
        "badge": "#ffffff",
        "badge_text": "#1b1f24",
        "page": "#ffffff",
        "panel": "#ffffff",
        "text": "#1b1f24",
        "muted": "#57606a",
        "border": "#8c959f",
        "accent": "#0b5a94",
        "accent_text": "#ffffff",
    },
    "dark": {
        "outside": "#07283f",
        "land": "#1f2123",
        "land_line": "#5f666e",
        "zero": "#363b41",
        "no_data": "#46443f",
        "no_data_hatch": "#979797",
        "province_line": "#868d94",
        "country_line": "#c4c9cf",
        "focus": "#ffffff",
        "label": "#f0f2f4",
        "town": "#c9ced4",
        "label_halo": "#14171b",
        "outline": "#f4f5f6",
        "halo": "#14171b",
        "cross_border": "#ffffff",
        "badge": "#22272e",
        "badge_text": "#f0f2f4",
        "page": "#1b1f24",
        "panel": "#1b1f24",
        "text": "#f0f2f4",
        "muted": "#a6aeb8",
        "border": "#6e7681",
        "accent": "#79b8ff",
        "accent_text": "#0d1117",
    },
}

#: Sizes in CSS pixels.
SIZES = {
    "symbol": 6.5,  # radius of one record's symbol
    "ring_radius": 8,  # of the ring of a district-precision symbol; larger than a symbol, to keep its centre visible
    "ring": 2,  # line width of the ring
    "province": 9,  # half the side of the frame round a province-precision symbol
    "outline": 1.1,
    "halo": 1.2,
    "cluster_min": 11,  # radius of a cluster of two; area grows with the count
    "cluster_max": 30,
    "cell": 40,  # side of the grid cell within which marks are clustered
    "touch": 24,  # smallest tap target
    "hatch": 9,  # distance between the lines of a hatch
    "hatch_line": 2.2,
    "province_line": 0.8,
    "country_line": 1.8,
    "land_line": 1.1,  # borders of countries outside the study
    "disputed_line": 1.4,
    "label": 12,  # font size
    "country_label": 14,
}


def event_styles(words: Iterable[str]) -> list[dict[str, str]]:
    """Give each event type a shape and a colour.

    Event types of ACLED always get the same style. Others get the styles not yet used, in the order given; when all
    are used, they share `OTHER_EVENT_STYLE`.

    Parameters
    ----------
    words : iterable of str
        Event types, the most frequent first.

    Returns
    -------
    list of dict
        ``{word, shape, colour}``, in the order given.
    """
    names = list(words)
    known = {name for name in names if name in EVENT_STYLES}
    unused = iter([style for name, style in EVENT_STYLES.items() if name not in known])
    styles = []
    for name in names:
        shape, colour = EVENT_STYLES[name] if name in known else next(unused, OTHER_EVENT_STYLE)
        styles.append({"word": name, "shape": shape, "colour": colour})
    return styles


def group_styles(words: Iterable[str]) -> list[dict[str, Any]]:
    """Give each group a colour for each theme and an angle for its hatching.

    Parameters
    ----------
    words : iterable of str
        Groups, the one with the most strongholds first.

    Returns
    -------
    list of dict
        ``{word, light, dark, angle}``. After six groups the colours repeat at another angle, so that the first thirty
        groups all differ.
    """
    n = len(GROUP_ANGLES)
    return [
        {
            "word": word,
            "light": GROUP_COLOURS["light"][i % n],
            "dark": GROUP_COLOURS["dark"][i % n],
            "angle": GROUP_ANGLES[(i + i // n) % n],
        }
        for i, word in enumerate(words)
    ]


def shades(k: int, theme: str = "light") -> tuple[str, ...]:
    """Return the colours of ``k`` classes above zero, the lowest first.

    Raises
    ------
    ValueError
        If there is no palette of that size.
    """
    if k not in _SHADES:
        raise ValueError(f"k = {k}: palettes have 0 to {max(_SHADES)} classes")
    return tuple(SEQUENTIAL[theme][i] for i in _SHADES[k])


def styles(event_types: Iterable[str], groups: Iterable[str], k: dict[str, int]) -> dict[str, Any]:
    """Return all styles that the page's scripts need for drawing, as JSON-serialisable values.

    Parameters
    ----------
    event_types, groups : iterable of str
        As for `event_styles` and `group_styles`.
    k : dict
        Number of classes of each metric.

    Returns
    -------
    dict
        ``event_types``, ``other``, ``groups``, ``tiers``, ``shades`` (metric, then theme), ``themes`` and ``sizes``.
    """
    return {
        "event_types": event_styles(event_types),
        "other": {"shape": OTHER_EVENT_STYLE[0], "colour": OTHER_EVENT_STYLE[1]},
        "groups": group_styles(groups),
        "disputed": list(DISPUTED_DASH),
        "tiers": {tier: list(dash) for tier, dash in TIER_DASHES.items()},
        "shades": {metric: {theme: list(shades(n, theme)) for theme in THEMES} for metric, n in k.items()},
        "themes": COLOURS,
        "sizes": SIZES,
    }


def css_variables(theme: str) -> str:
    """Return the theme's colours as CSS custom properties, ``--geo-text: #1b1f24; ...``, for the page's style sheet."""
    return " ".join(f"--geo-{name.replace('_', '-')}: {colour};" for name, colour in COLOURS[theme].items())
