from itertools import combinations, pairwise

import pytest
from colours import SIGHT, ciede2000, delta_e, hue, linear
from colours import delta_e_1976 as difference

from geo import style
from geo.stats.classes import MAX_CLASSES


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one, two):
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    low, high = sorted([luminance(one), luminance(two)])
    return (high + 0.05) / (low + 0.05)


def meanings(theme):
    """Every colour of a theme that means something, by what it means."""
    colours = style.COLOURS[theme]
    events = {word: colour for word, (_, colour) in style.EVENT_STYLES.items()} | {"other": style.OTHER_EVENT_STYLE[1]}
    groups = {f"group {i}": colour for i, colour in enumerate(style.GROUP_COLOURS[theme])}
    classes = {f"class {i}": colour for i, colour in enumerate(style.SEQUENTIAL[theme])}
    return events, groups, classes, {name: colours[name] for name in ("outside", "land", "zero")}


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    # Of the test data in Sharma, Wu and Dalal 2005.
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_ciede2000(one, two, difference):
    assert ciede2000(one, two) == pytest.approx(difference, abs=1e-4)
    assert ciede2000(two, one) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("theme", "least"), [("light", 7.5), ("dark", 5.5)])
def test_any_two_meanings_are_told_apart_by_every_reader(theme, least, sight):
    events, groups, classes, ground = meanings(theme)
    every = events | groups | classes | ground
    # Marks have outlines and shapes, hatchings angles; what is side by side without either is held to more below.
    near = {pair: delta_e(*(every[name] for name in pair), sight) for pair in combinations(every, 2)}
    near = {pair: apart for pair, apart in near.items() if not set(pair) <= set(ground)}
    assert min(near.values()) >= (8 if sight == "normal" else least), sorted(near.items(), key=lambda item: item[1])[:3]


@pytest.mark.parametrize("theme", style.THEMES)
def test_event_types_groups_and_classes_share_no_hue(theme):
    events, groups, classes, _ = meanings(theme)
    del events["other"]
    families = [[hue(colour) for colour in family.values()] for family in (events, groups, classes)]
    for one, two in combinations(families, 2):
        assert min(abs((a - b + 180) % 360 - 180) for a in one for b in two) >= 4
    # Classes are of one hue: from sand to umber.
    assert max(families[2]) - min(families[2]) <= 30


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


def test_groups_differ_in_more_than_the_slope_of_their_lines():
    made = style.group_styles(f"group {i}" for i in range(24))
    assert len({(look["light"], tuple(look["line"])) for look in made}) == 24
    assert len({(look["dark"], tuple(look["line"])) for look in made}) == 24
    assert len({(look["light"], look["angle"]) for look in made}) == 24
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


def test_what_has_no_type_or_group_has_a_look_of_its_own():
    made = style.event_styles(["Own type", ""])
    assert made[1] == {"word": "", "shape": "cross", "colour": style.GREY}
    assert made[:1] == style.event_styles(["Own type"])
    groups = style.group_styles([*(f"group {i}" for i in range(30)), ""])
    assert groups[-1]["light"] == style.GREY
    assert style.GREY not in {look["light"] for look in groups[:-1]}
    assert groups[-1].keys() == groups[0].keys()
    assert style.styles([], [])["no_group"] == groups[-1]


def test_a_palette_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="k = 9: palettes have 0 to 5 classes"):
        style.shades(9)


def test_css_variables_name_every_colour():
    made = style.css_variables("dark")
    assert "--geo-text: #f0f2f4;" in made
    assert made.count("--geo-") == len(style.COLOURS["dark"])
