"""Colours, symbols and sizes, as constants; the page receives them as JSON, the static figure uses them directly.

Each family of meanings has hues of its own: classes run from sand to umber, event types and groups take turns round
the rest of the circle, groups darker than event types on a light background. The colours were searched for the largest
distance (CIEDE2000) between any two meanings, for readers of normal sight and without one kind of cone; a test computes
the distances. No distinction rests on colour alone: event types also differ in shape, groups in angle and kind of their
hatching, tiers in the line pattern.
"""

import re
from collections.abc import Iterable
from typing import Any

THEMES = ("light", "dark")

AZURE, RED, ROSE, GREEN, SKY_BLUE, VIOLET = "#12a0fd", "#d53947", "#cb588c", "#30a373", "#03c6fe", "#b871c5"
GREY = "#666666"

#: Shape and colour of the event types of ACLED.
EVENT_STYLES = {
    "Explosions/Remote violence": ("star", RED),
    "Battles": ("diamond", AZURE),
    "Violence against civilians": ("triangle", ROSE),
    "Strategic developments": ("square", GREEN),
    "Protests": ("circle", SKY_BLUE),
    "Riots": ("pentagon", VIOLET),
}
#: Of incidents without a type, and shared by all event types once the styles above are used up.
OTHER_EVENT_STYLE = ("cross", GREY)

#: Maroon, teal, indigo, moss, dark violet, forest, plum, midnight; lighter on a dark background.
GROUP_COLOURS = {
    "light": ("#7c283f", "#08867f", "#5351ca", "#494800", "#4f257f", "#517c4e", "#78406c", "#2a2946"),
    "dark": ("#e28399", "#91f5e5", "#9aa5c6", "#aeb48c", "#dbcaf0", "#53c512", "#a785a4", "#defb47"),
}
#: Degrees from the horizontal, counter-clockwise; each is as far as possible from the angles before it.
GROUP_ANGLES = (45, 135, 0, 90, 22.5, 112.5, 67.5, 157.5)
#: Kinds of lines of a hatching, one for each round of colours: dashes and gaps in pixels; none is a whole line.
GROUP_LINES: tuple[tuple[float, ...], ...] = ((), (6, 4), (2, 3))

#: Colour on any background, and angle, of the hatching of strongholds without a group; no group is grey.
NO_GROUP_STYLE = (GREY, 67.5)
#: Letters of a group's short name where the group's own name has none in brackets.
SHORT_NAME = 9

#: Dash pattern of disputed borders and lines of control in pixels.
DISPUTED_DASH = (5.0, 3.0)
#: Dash pattern of a stronghold's edge in pixels; an empty pattern is a solid line.
TIER_DASHES: dict[str, tuple[float, ...]] = {"assessed": (), "reported": (7, 4), "claimed": (1.5, 4)}

#: For one to five classes, of one hue, which no mark and no group has: far from the blue of water, for colour-blind
#: readers too. The more, the darker on a light background, the brighter on a dark one.
SEQUENTIAL = {
    "light": ("#f5dcb6", "#e3b374", "#c08440", "#925827", "#492813"),
    "dark": ("#6d4824", "#94622e", "#b88444", "#deae6b", "#fce2b8"),
}
#: Indexes into the five colours of `SEQUENTIAL`, by number of classes.
_SHADES = {0: (), 1: (2,), 2: (0, 2), 3: (0, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)}

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
    are used, they share `OTHER_EVENT_STYLE`, which is also that of incidents without a type.

    Parameters
    ----------
    words : iterable of str
        Event types, the most frequent first; ``""`` for incidents without one.

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
        if name in known:
            shape, colour = EVENT_STYLES[name]
        else:
            shape, colour = next(unused, OTHER_EVENT_STYLE) if name else OTHER_EVENT_STYLE
        styles.append({"word": name, "shape": shape, "colour": colour})
    return styles


def group_styles(words: Iterable[str]) -> list[dict[str, Any]]:
    """Give each group a colour for each theme and an angle for its hatching.

    Parameters
    ----------
    words : iterable of str
        Groups, the one with the most strongholds first; ``""``, last, for strongholds without one.

    Returns
    -------
    list of dict
        ``{word, light, dark, angle, line}``. After eight groups the colours repeat at another angle and in another kind
        of line, so that the first twenty-four all differ in more than their angle.
    """
    n = len(GROUP_ANGLES)
    colour, angle = NO_GROUP_STYLE
    return [
        {
            "word": word,
            "light": GROUP_COLOURS["light"][i % n],
            "dark": GROUP_COLOURS["dark"][i % n],
            "angle": GROUP_ANGLES[(i + i // n) % n],
            "line": list(GROUP_LINES[i // n % len(GROUP_LINES)]),
        }
        if word
        else {"word": word, "light": colour, "dark": colour, "angle": angle, "line": []}
        for i, word in enumerate(words)
    ]


def short_name(group: str) -> str:
    """Return the short name that is in brackets in a group's name, ``Islamic State (IS)``, or else the name, cut."""
    inside = re.search(r"\(([^()]{1,12})\)\s*$", group)
    if inside:
        return inside[1]
    return group if len(group) <= SHORT_NAME else f"{group[: SHORT_NAME - 1].rstrip()}…"


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


def styles(event_types: Iterable[str], groups: Iterable[str]) -> dict[str, Any]:
    """Return all styles that the page's scripts need for drawing, as JSON-serialisable values.

    Parameters
    ----------
    event_types, groups : iterable of str
        As for `event_styles` and `group_styles`.

    Returns
    -------
    dict
        ``event_types``, ``other``, ``groups``, ``no_group``, ``disputed``, ``tiers``, ``shades`` (by number of classes,
        then theme), ``themes`` and ``sizes``.
    """
    return {
        "event_types": event_styles(event_types),
        "other": {"shape": OTHER_EVENT_STYLE[0], "colour": OTHER_EVENT_STYLE[1]},
        "groups": group_styles(groups),
        "no_group": group_styles([""])[0],
        "disputed": list(DISPUTED_DASH),
        "tiers": {tier: list(dash) for tier, dash in TIER_DASHES.items()},
        "shades": {n: {theme: list(shades(n, theme)) for theme in THEMES} for n in _SHADES},
        "themes": COLOURS,
        "sizes": SIZES,
    }


def css_variables(theme: str) -> str:
    """Return the theme's colours as CSS custom properties, ``--geo-text: #1b1f24; ...``, for the page's style sheet."""
    return " ".join(f"--geo-{name.replace('_', '-')}: {colour};" for name, colour in COLOURS[theme].items())
