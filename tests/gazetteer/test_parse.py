"""How the text of a place is split into parts, and which of them counts."""

import pytest

from geo.gazetteer.candidates import Limits
from geo.gazetteer.index import index
from geo.gazetteer.normalize import MAX_LENGTH
from geo.gazetteer.parse import country_named, read
from geo.gazetteer.prominent import everywhere


def answer(text, *countries, codes=None, day=None):
    """Return (provinces, match, level, country) for a text, within countries; without any, all are searched."""
    indexes = tuple(map(index, countries)) or everywhere()
    reading = read(text, Limits(indexes, codes and frozenset(codes), day))
    return reading.found.candidates, str(reading.found.match), reading.level, reading.country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [("Iran", "IR"), ("Peru", "PE"), ("UAE", None), ("IR", None), ("islamic republic of IRAN", "IR"), ("Kabul", None)],
)
def test_countries_are_named_by_words_of_four_letters_or_more(text, code):
    assert country_named(text) == code


@pytest.mark.parametrize(
    "separator",
    [", ", ";", ": ", "|", "/", " \\ ", " (", "، ", "؛", "、", " - ", " – ", "—", " in ", " of "],
)
def test_signs_and_words_that_separate_parts(separator):
    assert answer(f"Unheardofabad{separator}Kandahar", "AF") == (["AF-KAN"], "name", "admin1", "AF")


@pytest.mark.parametrize(
    "words", ["10 km south of", "12.5 miles from", "3,5 kilometres east of", "near", "outskirts of"]
)
def test_distances_and_words_around_a_name_are_left_out(words):
    assert answer(f"{words} Sheberghan, Jowzjan", "AF") == (["AF-JOW"], "alias", "town", "AF")


def test_text_longer_than_a_name_is_not_read():
    assert answer("Kabul" + " " * MAX_LENGTH, "AF")[1] == "none"
    assert answer("Kabul".ljust(MAX_LENGTH, ","), "AF")[0] == ["AF-KAB"]
    assert answer("Kabul".ljust(MAX_LENGTH + 1, ","), "AF")[1] == "none"


def test_the_most_specific_part_counts():
    for text in ("Achin, Nangarhar", "Nangarhar, Achin", "Achin district, Nangarhar province, Afghanistan"):
        assert answer(text)[0] == ["AF-NAN"]
        assert answer(text)[2:] == ("admin2", "AF")
    assert answer("Nangarhar, Afghanistan") == (["AF-NAN"], "name", "admin1", "AF")
    # A town says more than its district.
    assert answer("Khar, Bajaur Agency", "PK")[2] == answer("Bajaur Agency, Khar", "PK")[2] == "town"


def test_parts_that_lie_in_two_provinces_are_ambiguous():
    candidates, match, level, country = answer("Lashkar Gah, Mazar-e Sharif", "AF")
    assert (set(candidates), match, level, country) == ({"AF-BAL", "AF-HEL"}, "ambiguous", None, None)
    assert answer("Kunar, Kandahar", "AF")[:2] == (["AF-KNR", "AF-KAN"], "ambiguous")
    # One may be the name of a place in the other.
    assert answer("Jalalabad, Kandahar", "AF")[0] == ["AF-KAN"]


def test_a_country_limits_the_parts_or_contradicts_them():
    assert answer("Badakhshan, Tajikistan")[0] == ["TJ-GB"]
    assert answer("Badakhshan, Afghanistan")[0] == ["AF-BDS"]
    assert answer("Peshawar, Pakistan", "AF") == ([], "none", "country", "PK")
    assert answer("Kabul, Iraq") == ([], "none", "country", "IQ")
    assert answer("Unheardofabad, Afghanistan") == ([], "none", "country", "AF")
    assert answer("Unheardofabad, eastern Afghanistan") == ([], "none", "region", "AF")


@pytest.mark.parametrize(
    ("text", "country"),
    [("Republic of Panama", "PA"), ("the Republic of the Niger", "NE"), ("UK", "GB"), ("Republic of Benin", "BJ")],
)
def test_a_countrys_full_name_is_no_province_of_its_name(text, country):
    assert answer(text) == ([], "none", "country", country)


def test_a_country_in_the_text_is_searched_whichever_it_is():
    # Karrada is a quarter of Baghdad, and Goma a town of North Kivu; neither is known without its country.
    assert answer("Goma, North Kivu")[0] == answer("Goma, Democratic Republic of the Congo")[0] == ["CD-NK"]
    assert answer("Kherson, Ukraine") == (["UA-65"], "name", "admin1", "UA")
    assert answer("Mosul in Iraq")[0] == ["IQ-NI"]
    assert answer("Unheardofabad, Ukraine") == ([], "none", "country", "UA")


def test_demonyms_name_their_country_but_not_before_an_embassy():
    assert answer("Pakistani Peshawar", "AF") == ([], "none", "country", "PK")
    assert answer("Russian embassy in Kabul", "AF")[0] == ["AF-KAB"]
    assert answer("American base in Kandahar", "AF")[0] == ["AF-KAN"]
    assert answer("Cuban") == ([], "none", "country", "CU")
    # A people of several countries, or of none.
    assert answer("Kurdish") == ([], "none", "group", None)
    assert answer("Tajik Badakhshan")[0] == ["TJ-GB"]


def test_an_ended_province_named_without_a_date_gives_its_time():
    assert answer("Bajaur Agency, FATA", "PK")[0] == ["PK-TA"]
    assert answer("Bajaur Agency, FATA", "PK", day="2019-01-01")[0] == ["PK-KP"]
    assert answer("Bajaur Agency", "PK")[0] == ["PK-KP"]


def test_directions_are_taken_off_where_they_are_no_part_of_the_name():
    assert answer("northern Helmand", "AF") == (["AF-HEL"], "name", "admin1", "AF")
    assert answer("North Khorasan", "IR") == (["IR-28"], "name", "admin1", "IR")
    assert answer("eastern Afghanistan") == ([], "none", "region", "AF")
    assert answer("West Azerbaijan", "IR")[0] == ["IR-04"]


def test_places_joined_by_and_or_a_hyphen_are_each_meant():
    for text in ("Nangarhar and Kunar", "Nangarhar or Kunar", "Nangarhar & Kunar", "Nangarhar-Kunar road"):
        assert answer(text, "AF") == (["AF-NAN", "AF-KNR"], "ambiguous", None, None)
    assert answer("Achin and Jalalabad", "AF", codes=["AF-NAN"])[0] == ["AF-NAN"]
    assert answer("Kunar and Xyzzyq", "AF")[1] == "none"


def test_a_large_town_elsewhere_counts_only_where_no_country_is_given():
    assert answer("Damascus") == (["SY-DI"], "name", "admin1", "SY")
    assert answer("Damascus", "AF") == ([], "none", None, None)
    # Hyderabad in India has more people than that in Sindh; Kabul is a province.
    assert answer("Hyderabad")[1:] == ("ambiguous", None, None)
    assert answer("Hyderabad", "PK")[0] == ["PK-SD"]
    assert answer("Kabul")[0] == ["AF-KAB"]
    # Of a city of a million the sound is known, too.
    assert answer("Basrah") == (["IQ-BA"], "name", "town", "IQ")


@pytest.mark.parametrize(
    ("text", "countries", "candidates"),
    [
        ("Khorasan", (), ["IR-09", "IR-28", "IR-29"]), ("Khurasan", (), ["IR-09", "IR-28", "IR-29"]),
        ("Azerbaijan", ("IR",), ["IR-03", "IR-04"]), ("Altai region", ("RU",), ["RU-AL", "RU-ALT"]),
        ("the tribal areas", ("PK",), ["PK-TA", "PK-KP"]), ("Loya Paktia", (), ["AF-PIA", "AF-PKA", "AF-KHO"]),
    ],
)  # fmt: skip
def test_regions_leave_the_choice_between_their_provinces(text, countries, candidates):
    assert answer(text, *countries) == (candidates, "none", "region", None)


def test_groups_are_no_places():
    for text in ("Islamic State Khorasan Province", "Haqqani network", "the Taliban", "ISIS-K"):
        assert answer(text) == ([], "none", "group", None)
    # A word within another is no group's name.
    assert answer("Partyabad", "IR")[2] != "group"


@pytest.mark.parametrize("space", ["\n", "\t", "\r\n", "  "])
def test_a_line_break_or_tab_is_a_space(space):
    # A wrapped cell: "Sar-e" does not name a place of its own.
    assert answer(f"Sar-e{space}Pol, Jowzjan", "AF") == answer("Sar-e Pol, Jowzjan", "AF")
    assert answer(f"Unheardofabad,{space}Kandahar", "AF") == (["AF-KAN"], "name", "admin1", "AF")
    # A separator here would leave "Kandahar", a known part, and answer that.
    assert answer(f"Unheardofabad{space}Kandahar", "AF") == answer("Unheardofabad Kandahar", "AF")
    assert answer("Unheardofabad Kandahar", "AF")[1] == "none"
