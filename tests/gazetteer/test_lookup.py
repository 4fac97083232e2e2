"""Which place a name stands for, in countries made up so that each threshold can be counted by hand."""

import pytest

from geo.gazetteer.candidates import Limits
from geo.gazetteer.index import Index
from geo.gazetteer.lookup import find
from geo.gazetteer.normalize import tokens
from geo.gazetteer.place import Place


def place(name, code, population=0, level="town", names=(), past=("", "")):
    """Return a place and its names, the official one first."""
    return Place(level, name, code, *past, population=population), [name, *names]


def look_up(text, *places, codes=None, day=None, fuzzy=True):
    """Return (provinces, match, score) for a text among places; each country has an index, as its codes say."""
    indexes = []
    for country in sorted({found.admin1_code[:2] for found, _ in places}):
        indexes.append(Index(country))
        indexes[-1].add([one for one in places if one[0].admin1_code[:2] == country])
    found = find(tokens(text), Limits(tuple(indexes), codes and frozenset(codes), day), fuzzy=fuzzy)
    assert len(found.candidates) == 1 or not found.places
    return found.candidates, str(found.match), found.score


def chosen(text, *places):
    """Return the levels of the places that a text stands for, in their order."""
    index = Index("XX")
    index.add(places)
    return [found.level for found in dict.fromkeys(find(tokens(text), Limits((index,))).places)]


NONE = ([], "none", 0.0)


@pytest.mark.parametrize(
    ("first", "second", "other", "expected"),
    [
        # In one country three times as many inhabitants settle it, at the price of a tenth of the score.
        (30_000, 10_000, "XX-2", (["XX-1"], "name", 0.9)),
        (29_999, 10_000, "XX-2", (["XX-1", "XX-2"], "ambiguous", 1.0)),
        # Among several countries, eight times.
        (80_000, 10_000, "YY-1", (["XX-1"], "name", 0.9)),
        (79_999, 10_000, "YY-1", (["XX-1", "YY-1"], "ambiguous", 1.0)),
        # A village without a figure counts a thousand, and nothing below ten thousand wins.
        (10_000, 0, "XX-2", (["XX-1"], "name", 0.9)),
        (9_999, 0, "XX-2", (["XX-1", "XX-2"], "ambiguous", 1.0)),
        (10_000, 3_334, "XX-2", (["XX-1", "XX-2"], "ambiguous", 1.0)),
        (10_000, 1_000, "XX-1", (["XX-1"], "name", 1.0)),
    ],
)
def test_a_namesake_wins_by_its_inhabitants(first, second, other, expected):
    assert look_up("Marga", place("Marga", "XX-1", first), place("Marga", other, second)) == expected


def test_a_district_without_a_figure_counts_forty_thousand():
    district = place("Marga", "XX-1", level="admin2")
    assert look_up("Marga", district, place("Marga", "XX-2", 13_333)) == (["XX-1"], "name", 0.9)
    assert look_up("Marga", district, place("Marga", "XX-2", 13_334)) == (["XX-1", "XX-2"], "ambiguous", 1.0)


def test_by_another_name_a_place_counts_a_tenth_and_never_beats_one_of_that_name():
    def other(code, population):
        return place("Zenda", code, population, names=["Marga"])

    assert look_up("Marga", other("XX-1", 300_000), other("XX-2", 100_000)) == (["XX-1"], "alias", 0.882)
    assert look_up("Marga", other("XX-1", 99_999), other("XX-2", 0)) == (["XX-1", "XX-2"], "ambiguous", 0.98)
    assert look_up("Marga", other("XX-1", 5_000_000), place("Marga", "XX-2", 4_000)) == (
        ["XX-1", "XX-2"], "ambiguous", 1.0,
    )  # fmt: skip
    assert look_up("Marga", other("XX-2", 300_000), place("Marga", "XX-1", 90_000)) == (["XX-1"], "name", 0.9)


def test_provinces_of_one_name_stay_two_whatever_their_inhabitants():
    provinces = [place("Marga", code, n, "admin1") for code, n in (("XX-1", 9_000_000), ("YY-1", 0))]
    assert look_up("Marga", *provinces) == (["XX-1", "YY-1"], "ambiguous", 1.0)
    assert look_up("Marga", *provinces, codes=["YY-1"]) == (["YY-1"], "name", 1.0)


def test_a_province_goes_before_towns_but_among_countries_not_before_a_large_town_elsewhere():
    province = place("Marga", "XX-1", level="admin1")
    assert look_up("Marga", province, place("Marga", "XX-2", 9_000_000)) == (["XX-1"], "name", 1.0)
    assert look_up("Marga", province, place("Marga", "YY-1", 19_999)) == (["XX-1"], "name", 1.0)
    assert look_up("Marga", province, place("Marga", "YY-1", 20_000))[1] == "ambiguous"
    assert look_up("Marga", province, place("Zenda", "YY-1", 20_000, names=["Marga"])) == (["XX-1"], "name", 1.0)
    # In the province's own country a town has no such say, even if there are others.
    assert look_up("Marga", province, place("Marga", "XX-2", 900_000), place("Zenda", "YY-1")) == (
        ["XX-1"], "name", 1.0,
    )  # fmt: skip


def test_a_word_for_the_type_chooses_the_place_of_that_type():
    town, district = place("Marga", "XX-1", 900_000), place("Marga District", "XX-2", level="admin2")
    assert look_up("Marga town", town, district) == (["XX-1"], "name", 1.0)
    assert look_up("Marga tehsil", town, district) == (["XX-2"], "name", 1.0)
    assert look_up("Marga", town, district) == (["XX-1"], "name", 0.9)
    # Where no place is of that type, the others stand.
    assert look_up("Marga province", town) == (["XX-1"], "name", 1.0)


def test_a_name_of_its_own_with_its_type_word_goes_before_the_bare_name():
    city, province = place("Marga City", "XX-1", 5), place("Marga", "XX-2", level="admin1")
    assert look_up("Marga City", city, province) == (["XX-1"], "name", 1.0)
    assert look_up("Marga", city, province) == (["XX-2"], "name", 1.0)
    # Even where the type word speaks of another level than the place has.
    district, town = place("Marga City", "XX-1", level="admin2"), place("Marga", "XX-2", 900_000)
    assert look_up("Marga City", district, town) == (["XX-1"], "name", 1.0)


def test_a_word_for_the_type_limits_what_is_alike():
    town, district = place("Mangadarab", "XX-1", 900_000), place("Mangadurab", "XX-2", level="admin2")
    assert look_up("Mangadirab", town, district) == (["XX-1", "XX-2"], "ambiguous", 0.9)
    assert look_up("Mangadirab tehsil", town, district) == (["XX-2"], "fuzzy", 0.9)
    assert look_up("Mangadirab town", town, district) == (["XX-1"], "fuzzy", 0.9)
    assert look_up("Mangadirab province", town, district) == NONE


def test_likeness_alone_needs_the_same_first_letter_and_a_high_score():
    # A vowel off in eight letters: 0.95 - 0.5 / 8; in seven, 0.8786.
    district, town = place("Mangadar", "XX-1", level="admin2"), place("Mangadar", "XX-1", 900_000)
    assert look_up("Mangadir", district) == (["XX-1"], "fuzzy", 0.8875)
    assert look_up("Mangadir", town) == (["XX-1"], "none", 0.8875)
    assert look_up("Mangada", place("Mangado", "XX-1", level="admin2")) == (["XX-1"], "none", 0.8786)
    # Another consonant of its kind at the start, among twelve letters: 0.95 - 0.75 / 12.
    assert look_up("Gangadirabad", place("Kangadirabad", "XX-1", level="admin2")) == (["XX-1"], "none", 0.8875)
    assert look_up("Mangadir", place("Mangadar", "XX-1", level="admin1")) == (["XX-1"], "fuzzy", 0.8875)
    assert look_up("Mangada", place("Mangado", "XX-1", level="admin1")) == (["XX-1"], "none", 0.8786)
    # The place's type, or the province that holds it, speaks for it, too.
    assert look_up("Mangadir town", town) == (["XX-1"], "fuzzy", 0.8875)
    assert look_up("Mangadir", town, codes=["XX-1"]) == (["XX-1"], "fuzzy", 0.8875)


@pytest.mark.parametrize(
    ("field", "level", "found"),
    [("admin2", "admin2", True), ("admin1", "admin1", True), ("admin2", "town", False), ("place", "admin1", False)],
)
def test_the_field_in_which_a_name_stands_speaks_for_a_place_of_its_level(field, level, found):
    index = Index("XX")
    index.add([place("Mangadarab", "XX-1", 900_000, level), place("Zendaka", "XX-2", 900_000, level)])
    short, long = (find(tokens(text), Limits((index,), field=field)) for text in ("Zendako", "Mangadirab"))
    assert str(long.match) == ("none" if field == "place" else "fuzzy")
    assert (short.candidates, str(short.match)) == (["XX-2"], "fuzzy" if found else "none")


def test_a_word_for_a_district_does_not_tell_two_districts_of_a_name_apart():
    listed = place("Marga", "XX-1", level="admin2", names=["Marga District"])
    assert look_up("Marga district", listed, place("Marga", "XX-2", level="admin2"))[:2] == (
        ["XX-2", "XX-1"],
        "ambiguous",
    )
    assert look_up("Marga district", listed, place("Zenda", "XX-2", level="admin2", names=["Marga"]))[1] == "ambiguous"
    assert look_up("Marga district", listed, place("Marga", "XX-2", 900_000)) == (["XX-1"], "name", 1.0)


def test_a_romanised_name_with_its_long_vowels_is_found_by_its_spelling_in_arabic_script():
    village = place("Zenda", "XX-1", 5, names=["خاش"])
    assert look_up("خاش", village) == (["XX-1"], "alias", 0.98)
    # A district without a name in the script is its namesake all the same, and one with a short vowel is none.
    assert look_up("خاش", village, place("Khāsh", "XX-2", level="admin2")) == (["XX-2"], "alias", 0.882)
    assert look_up("خاش", village, place("Khashā", "XX-2", level="admin2")) == (["XX-1"], "alias", 0.98)


def test_a_village_does_not_take_a_districts_name_but_a_town_keeps_its_own():
    district = place("Marga District", "XX-2", level="admin2")
    # A district by its bare name is a rival of a village and of a town, not of a city three times as large.
    assert look_up("Marga", place("Marga", "XX-1", 19_999), district) == (["XX-1", "XX-2"][::-1], "ambiguous", 1.0)
    assert look_up("Marga", place("Marga", "XX-1", 13_000), district) == (["XX-2"], "name", 0.9)
    assert look_up("Marga", place("Marga", "XX-1", 119_999), district)[1] == "ambiguous"
    assert look_up("Marga", place("Marga", "XX-1", 120_000), district) == (["XX-1"], "name", 0.9)


def test_the_most_alike_place_needs_a_lead_of_half_a_letter():
    # A vowel off Mangadarab (0.5), a consonant of the same kind off Mankadirab (0.75), another off Mangazirab (1).
    near = place("Mangadarab", "XX-1", 900_000)
    assert look_up("Mangadirab", near) == (["XX-1"], "fuzzy", 0.9)
    assert look_up("Mangadirab", near, place("Mangazirab", "XX-2", 900_000)) == (["XX-1"], "fuzzy", 0.9)
    assert look_up("Mangadirab", near, place("Mankadirab", "XX-2", 900_000)) == (["XX-1", "XX-2"], "ambiguous", 0.9)
    assert look_up("Mangadirab", near, place("Mankadirab", "XX-1", 900_000)) == (["XX-1"], "fuzzy", 0.9)
    assert look_up("Mangadirab", near, fuzzy=False) == NONE
    assert look_up("Mangadirab", near, codes=["XX-2"]) == NONE


def test_without_a_country_a_town_found_by_likeness_has_a_hundred_thousand_inhabitants():
    elsewhere = place("Zenda", "YY-1", 5)
    assert look_up("Mangadirab", place("Mangadarab", "XX-1", 100_000), elsewhere) == (["XX-1"], "fuzzy", 0.9)
    assert look_up("Mangadirab", place("Mangadarab", "XX-1", 99_999), elsewhere) == NONE
    assert look_up("Mangadirab", place("Mangadarab", "XX-1", 99_999), elsewhere, codes=["XX-1"])[1] == "fuzzy"


@pytest.mark.parametrize(
    ("text", "name", "level", "found"),
    [
        # kar, karu, karuk by sound; q for k and o for u
        ("Qor", "Kur", "admin1", True), ("Qor", "Kur", "admin2", False),
        ("Qaro", "Karu", "admin2", True), ("Qaro", "Karu", "town", False), ("Qarok", "Karuk", "town", True),
    ],
)  # fmt: skip
def test_an_equal_sound_counts_from_a_length_that_the_level_sets(text, name, level, found):
    assert look_up(text, place(name, "XX-1", 5, level)) == ((["XX-1"], "alias", 0.95) if found else NONE)


@pytest.mark.parametrize(
    ("text", "name", "level", "population", "found"),
    [
        ("Qaro", "Karu", "admin1", 0, False), ("Qarok", "Karuk", "admin1", 0, True),
        ("Qarokn", "Karukn", "admin2", 0, False), ("Qaroknu", "Karuknu", "admin2", 0, True),
        ("Qarok", "Karuk", "town", 100_000, False), ("Qarokn", "Karukn", "town", 100_000, True),
        ("Qarokn", "Karukn", "town", 99_999, False),
    ],
)  # fmt: skip
def test_without_a_country_an_equal_sound_counts_for_less(text, name, level, population, found):
    answer = look_up(text, place(name, "XX-1", population, level), place("Zenda", "YY-1"))
    assert answer == ((["XX-1"], "alias", 0.95) if found else NONE)


def test_without_a_country_a_small_town_is_not_found_by_another_name():
    elsewhere = place("Zenda", "YY-1", 5)
    for population, expected in ((100_000, (["XX-1"], "alias", 0.98)), (99_999, (["XX-1"], "ambiguous", 0.95))):
        assert look_up("Marga", place("Lorum", "XX-1", population, names=["Marga"]), elsewhere) == expected
    assert look_up("Marga", place("Lorum", "XX-1", 5, names=["Marga"])) == (["XX-1"], "alias", 0.98)
    # By its official name it is found if that is long, or the town is not small.
    assert look_up("Margar", place("Margar", "XX-1", 5), elsewhere) == (["XX-1"], "name", 1.0)
    assert look_up("Marga", place("Marga", "XX-1", 5_000), elsewhere) == (["XX-1"], "name", 1.0)
    assert look_up("Marga", place("Marga", "XX-1", 4_999), elsewhere)[1] == "ambiguous"
    # Three letters are a word or an acronym, unless a large town has them for its name.
    assert look_up("Mar", place("Mar", "XX-1", 99_999), elsewhere)[1] == "ambiguous"
    assert look_up("Mar", place("Mar", "XX-1", 100_000), elsewhere) == (["XX-1"], "name", 1.0)
    assert look_up("Mar", place("Lorum", "XX-1", 999_999, names=["Mar"]), elsewhere)[1] == "ambiguous"


def test_a_district_that_sounds_so_is_a_rival_of_a_village_by_another_name():
    district = place("Karuk", "XX-2", level="admin2")
    assert look_up("Qarok", place("Zenda", "XX-1", 19_999, names=["Qarok"]), district) == (["XX-2"], "name", 0.9)
    assert look_up("Qarok", place("Zenda", "XX-1", 20_000, names=["Qarok"]), district) == (["XX-1"], "alias", 0.98)
    assert look_up("Qarok", place("Qarok", "XX-1", 5), district) == (["XX-1"], "name", 1.0)
    # What is said to be a district is one.
    assert look_up("Qarok district", place("Qarok", "XX-1", 5), district) == (["XX-2"], "name", 1.0)
    assert look_up("Qarok town", place("Qarok", "XX-1", 5), district) == (["XX-1"], "name", 1.0)


def test_russian_adjectives_name_districts_after_their_seats():
    fuzzy = (["XX-1"], "fuzzy", 0.9)
    assert look_up("Margaskiy rayon", place("Marga", "XX-1", 5)) == fuzzy
    assert look_up("Margaskiy rayon", place("Zenda", "XX-1", 5, names=["Marga"])) == fuzzy
    assert look_up("Margaskiy", place("Marga", "XX-1", 5)) == NONE
    assert look_up("Margaskiy rayon", place("Marga", "XX-1", level="admin1")) == NONE
    # With more than the ending off, the seat bears the name itself, or is a town of 20,000, or a district.
    assert look_up("Margovskiy rayon", place("Marg", "XX-1", 5)) == fuzzy
    assert look_up("Margovskiy rayon", place("Zenda", "XX-1", 20_000, names=["Marg"])) == fuzzy
    assert look_up("Margovskiy rayon", place("Zenda", "XX-1", 19_999, names=["Marg"])) == NONE
    assert look_up("Margovskiy rayon", place("Zenda", "XX-1", level="admin2", names=["Marg"])) == fuzzy


def test_the_arabic_script_finds_latin_names_by_their_consonants():
    # زرنج: z, r, n, j
    latin = place("Zaranj", "XX-1", 900_000)
    assert look_up("زرنج", latin) == (["XX-1"], "fuzzy", 0.85)
    assert look_up("زرنج", latin, place("Zirinj", "XX-2", 5)) == (["XX-1"], "fuzzy", 0.765)
    assert look_up("زرنج", latin, place("Zirinj", "XX-2", 900_000))[1] == "ambiguous"
    assert look_up("زرنج", latin, place("Zirinj", "XX-2", level="admin1")) == (["XX-2"], "fuzzy", 0.85)
    assert look_up("ولسوالی زرنج", latin, place("Zirinj", "XX-2", level="admin2")) == (["XX-2"], "fuzzy", 0.85)
    assert look_up("زرنج", latin, codes=["XX-2"]) == NONE
    # Its written vowels tell names apart, unless the consonants are many, or the type is said.
    assert look_up("زورنج", latin) == NONE
    assert look_up("شهر زورنج", latin) == (["XX-1"], "fuzzy", 0.85)


def test_the_best_known_place_of_a_province_comes_first():
    town, district, village = (
        place("Marga", "XX-1", 20_000),
        place("Marga", "XX-1", 0, "admin2"),
        place("Marga", "XX-1"),
    )
    assert chosen("Marga", village, district, town) == ["town", "admin2", "town"]
    assert chosen("Marga", village, district, place("Marga", "XX-1", 19_999)) == ["admin2", "town", "town"]


def test_a_place_has_the_province_of_the_day_and_is_sought_in_either():
    moved = place("Marga", "XX-2", 5, past=("XX-1", "2018-05-30"))
    assert look_up("Marga", moved) == (["XX-2"], "name", 1.0)
    assert look_up("Marga", moved, day="2018-05-30") == (["XX-1"], "name", 1.0)
    assert look_up("Marga", moved, day="2018-05-31") == (["XX-2"], "name", 1.0)
    for code, expected in (("XX-1", "name"), ("XX-2", "name"), ("XX-3", "none")):
        assert look_up("Marga", moved, codes=[code])[1] == expected
    assert look_up("Mangadirab", place("Mangadarab", "XX-2", 900_000, past=("XX-1", "2018-05-30")), day="2018-05-30")[
        0
    ] == ["XX-1"]


def test_a_place_is_listed_once_however_many_of_its_names_match():
    # "Marga District" is equal by its bare name, and "Marga" as another name, of a lower rank.
    district = place("Marga District", "XX-1", level="admin2", names=["Marga"])
    for text in ("Marga", "Mangadirab"):
        index = Index("XX")
        index.add([district, place("Mangadarab", "XX-1", 900_000, names=["Mangadurab"])])
        places = find(tokens(text), Limits((index,))).places
        assert len(places) == 1, text
