from itertools import combinations, pairwise

import numpy as np
import pytest

from geo import style
from geo.stats.classes import MAX_CLASSES


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one, two):
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    low, high = sorted([luminance(one), luminance(two)])
    return (high + 0.05) / (low + 0.05)


#: What colours look like without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def difference(one, two, sight):
    """Distance in CIELAB (CIE 1976) as seen."""

    def lab(colour):
        seen = np.clip(np.asarray(SIGHT[sight]) @ linear(colour), 0, 1)
        xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
        f = xyz / [0.95047, 1, 1.08883]
        f = np.where(f > 0.008856, np.cbrt(f), 7.787 * f + 16 / 116)
        return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])

    return float(np.linalg.norm(lab(one) - lab(two)))


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize(
    ("front", "back"),
    [("text", "panel"), ("muted", "panel"), ("accent", "panel"), ("accent_text", "accent"), ("label", "label_halo"),
     ("label", "zero"), ("badge_text", "badge")],
)  # fmt: skip
def test_text_reaches_aa(theme, front, back):
    assert contrast(style.COLOURS[theme][front], style.COLOURS[theme][back]) >= 4.5


@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize(
    ("front", "back"),
    [("border", "panel"), ("province_line", "zero"), ("country_line", "zero"), ("country_line", "no_data"),
     ("focus", "zero"), ("cross_border", "halo"), ("no_data_hatch", "no_data"), ("outline", "halo"),
     ("outline", "zero")],
)  # fmt: skip
def test_lines_and_symbols_reach_three_to_one(theme, front, back):
    assert contrast(style.COLOURS[theme][front], style.COLOURS[theme][back]) >= 3


@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize("k", range(1, MAX_CLASSES + 1))
def test_a_symbol_is_seen_on_every_class(theme, k):
    # Outline and halo are opposites: on any shade one of them stands out.
    colours = style.COLOURS[theme]
    for shade in (colours["zero"], colours["no_data"], *style.shades(k, theme)):
        assert max(contrast(colours["outline"], shade), contrast(colours["halo"], shade)) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize("k", range(1, MAX_CLASSES + 1))
def test_classes_keep_their_order_and_distance_for_every_reader(theme, k, sight):
    steps = (style.COLOURS[theme]["zero"], *style.shades(k, theme))
    bright = [luminance(colour) for colour in steps]
    assert bright == sorted(bright, reverse=theme == "light")
    # Ten is about four times what readers tell apart side by side.
    assert all(difference(a, b, sight) >= 10 for a, b in pairwise(steps))


@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_zero_no_data_and_outside_differ(theme, sight):
    colours = style.COLOURS[theme]
    for a, b in combinations(("zero", "no_data", "outside"), 2):
        # No data is hatched, too; the other two are told apart by colour alone.
        assert difference(colours[a], colours[b], sight) >= (4 if "no_data" in (a, b) else 8)


@pytest.mark.parametrize("theme", style.THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_water_and_land_outside_differ_from_each_other_and_from_every_class(theme, sight):
    colours = style.COLOURS[theme]
    shown = [colours["zero"], *(shade for k in range(1, MAX_CLASSES + 1) for shade in style.shades(k, theme))]
    assert all(difference(colours["outside"], shade, sight) >= 13 for shade in [*shown, colours["land"]])
    assert all(difference(colours["land"], shade, sight) >= 12 for shade in shown)
    # Hatched besides.
    assert difference(colours["land"], colours["no_data"], sight) >= 9


@pytest.mark.parametrize("theme", style.THEMES)
def test_the_lowest_class_stands_out_from_water(theme):
    for k in range(1, MAX_CLASSES + 1):
        assert contrast(style.shades(k, theme)[0], style.COLOURS[theme]["outside"]) >= 1.4


@pytest.mark.parametrize("theme", style.THEMES)
def test_towns_are_read_on_their_halo(theme):
    assert contrast(style.COLOURS[theme]["town"], style.COLOURS[theme]["label_halo"]) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
def test_event_types_differ_in_colour_for_every_reader_and_in_shape(sight):
    looks = [*style.EVENT_STYLES.values(), style.OTHER_EVENT_STYLE]
    assert len({shape for shape, _ in looks}) == len(looks)
    assert all(difference(a, b, sight) >= 12 for (_, a), (_, b) in combinations(looks, 2))


def test_groups_differ_in_angle_where_colours_come_close():
    made = style.group_styles(f"group {i}" for i in range(30))
    assert len({(look["light"], look["angle"]) for look in made}) == 30
    first = made[: len(style.GROUP_ANGLES)]
    assert len({look["angle"] for look in first}) == len(first)


@pytest.mark.parametrize("theme", style.THEMES)
def test_groups_are_seen_on_their_halo(theme):
    for colour in style.GROUP_COLOURS[theme]:
        assert contrast(colour, style.COLOURS[theme]["halo"]) >= 3


def test_known_event_types_never_change_their_look():
    alone = style.event_styles(["Riots"])
    mixed = style.event_styles(["Own type", "Riots", "Battles"])
    assert alone[0] in mixed
    looks = [(look["shape"], look["colour"]) for look in mixed]
    assert len(set(looks)) == 3


def test_types_beyond_the_palette_share_the_look_of_others():
    made = style.event_styles([f"type {i}" for i in range(9)])
    assert len({look["shape"] for look in made[:6]}) == 6
    assert {(look["shape"], look["colour"]) for look in made[6:]} == {style.OTHER_EVENT_STYLE}


def test_a_palette_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="k = 9: palettes have 0 to 5 classes"):
        style.shades(9)


def test_css_variables_name_every_colour():
    made = style.css_variables("dark")
    assert "--geo-text: #f0f2f4;" in made
    assert made.count("--geo-") == len(style.COLOURS["dark"])
