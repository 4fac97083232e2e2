"""Codes: the file's, those of names, and geo's own; a code that ISO has given to another unit is not taken over."""

import re
from collections import Counter

import pandas as pd
import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries import codes as module
from geo.boundaries.towns import Towns
from geo.errors import DataError


def assign_codes(
    country: str, table: pd.DataFrame, towns: Towns | None = None
) -> tuple[list[str], list[str], list[str]]:
    nowhere = Towns([Counter() for _ in range(len(table))], Counter())
    return module.assign_codes(country, table, towns or nowhere)


def units(
    names: list[str], iso: list[str | None] | None = None, source: list[str | None] | None = None
) -> pd.DataFrame:
    count = len(names)
    return pd.DataFrame(
        {
            "unit_name": names,
            "iso": iso or [None] * count,
            "source_code": source or [None] * count,
            "valid_from": [None] * count,
        },
        dtype="string",
    )


def test_names_in_other_spellings_give_the_codes_of_iso() -> None:
    codes, notes, faults = assign_codes("AF", units(["Hilmand", "Kabul", "ننگرهار", "Paktya", "Paktika"]))
    assert codes == ["AF-HEL", "AF-KAB", "AF-NAN", "AF-PIA", "AF-PKA"]
    assert faults == []
    assert "Kabul: AF-KAB by its name" in notes
    # Of the 34 provinces, 29 have no unit.
    (missing,) = [note for note in notes if note.startswith("no polygon for")]
    assert missing.count("AF-") == 29


def test_codes_that_iso_has_given_to_other_units_are_replaced() -> None:
    # Iran's codes of before 2020, as older files of all publishers have them (ISO 3166-2 newsletter of 2020-11-24).
    old = {"Tehran": "IR-07", "Fars": "IR-14", "Gilan": "IR-19", "Zanjan": "IR-11", "Alborz": "IR-32"}
    codes, notes, _ = assign_codes("IR", units(list(old), list(old.values())))
    today = {sub.name: sub.code for sub in pycountry.subdivisions.get(country_code="IR")}
    assert codes == [today.get(name, today.get(name.replace("Tehran", "Tehrān"))) for name in
                     ("Tehrān", "Fārs", "Gīlān", "Zanjān", "Alborz")]  # fmt: skip
    assert "Tehran: IR-23 by its name in place of IR-07, which is Fars today" in notes
    assert "Alborz: IR-30 by its name in place of IR-32, which is not a code of today" in notes


def test_a_city_and_the_region_of_its_name_keep_their_codes() -> None:
    codes, notes, faults = assign_codes("UZ", units(["Toshkent", "Toshkent"], ["UZ-TK", "UZ-TO"]))
    assert codes == ["UZ-TK", "UZ-TO"]
    assert faults == []
    assert len([note for note in notes if "kept" in note]) <= 1


def test_two_units_that_read_as_one_province_get_codes_of_their_own() -> None:
    codes, notes, _ = assign_codes("TM", units(["Mary", "Mary", "Ahal"], source=["a", "b", "c"]))
    assert codes[2] == "TM-A"
    assert sorted(codes[:2]) == ["TM-X01", "TM-X02"]
    assert any("each reads as TM-M" in note for note in notes)


def test_towns_say_which_province_a_unit_is_where_its_name_does_not() -> None:
    votes = [
        Counter({"TM-M": 40, "TM-A": 2}),  # Mary, under a name of its own
        Counter({"TM-B": 4}),  # too few towns
        Counter({"TM-L": 12}),  # half of Lebap
        Counter({"TM-A": 6, "TM-L": 6}),
    ]
    towns = Towns(votes, Counter({"TM-M": 41, "TM-B": 4, "TM-L": 24, "TM-A": 8}))
    names = ["Southern Zone", "Western Zone", "Lower Zone", "Mixed Zone"]
    codes, notes, _ = assign_codes("TM", units(names), towns)
    assert codes == ["TM-M", "TM-X03", "TM-X01", "TM-X02"]
    assert "Southern Zone: TM-M Mary by the towns in it, 40 of 42" in notes
    assert "Lower Zone: TM-X01, but 12 of 12 towns in it are in TM-L Lebap" in notes
    # A name that is known stands, and the towns are said.
    codes, notes, _ = assign_codes("TM", units(["Ahal", *names[1:]]), towns)
    assert codes[0] == "TM-A"
    assert "Ahal: TM-A, but 40 of 42 towns in it are in TM-M Mary" in notes


def test_a_file_whose_units_are_parts_of_provinces_is_said_to_be_one_of_districts() -> None:
    towns = Towns(
        [Counter({"TM-L": 12}), Counter({"TM-L": 12}), Counter({"TM-A": 9})], Counter({"TM-L": 24, "TM-A": 9})
    )
    _, notes, _ = assign_codes("TM", units(["Upper Zone", "Lower Zone", "Ahal"]), towns)
    assert "2 of 3 units lie in a province of another code; if they are districts, add them with --level 2" in notes


def test_own_codes_keep_the_numbers_of_the_source() -> None:
    names = ["Zone West", "Zone Quiet", "Zone Old"]
    assert assign_codes("BV", units(names, source=["BV07", "BV12", "BV03"]))[0] == ["BV-X07", "BV-X12", "BV-X03"]
    assert assign_codes("BV", units(names, source=["BVT.7_1", "BVT.12_1", "BVT.3_1"]))[0] == [
        "BV-X07",
        "BV-X12",
        "BV-X03",
    ]
    # Without numbers, with the same number twice or with too large ones: in the order of names.
    for source in (["a", "b", "c"], ["A1", "B1", "C2"], ["BV101", "BV102", "BV103"], [None, None, None]):
        assert assign_codes("BV", units(names, source=source))[0] == ["BV-X03", "BV-X02", "BV-X01"]


def test_own_codes_that_a_file_already_has_are_not_given_twice() -> None:
    iso, source = ["BV-X01", None, None], ["BV05", "BV01", "BV02"]
    assert assign_codes("BV", units(["C", "B", "A"], iso, source))[0] == ["BV-X01", "BV-X03", "BV-X02"]


def test_own_codes_pass_the_pattern_and_are_none_of_iso() -> None:
    names = [f"Unit {number:03}" for number in range(297)]
    codes, _, faults = assign_codes("BV", units(names))
    assert faults == []
    assert len(set(codes)) == 297
    assert all(re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code) for code in codes)
    forms = {sub.code[3:] for sub in pycountry.subdivisions}
    assert not forms & {code[3:] for code in codes}
    with pytest.raises(DataError, match="--level 2"):
        assign_codes("BV", units([*names, "One too many"]))


def test_codes_of_other_countries_are_not_taken() -> None:
    assert assign_codes("BV", units(["Somewhere"], ["NO-03"]))[0] == ["BV-X01"]


def test_a_code_that_two_units_state_is_a_fault() -> None:
    _, _, faults = assign_codes("BV", units(["One", "Two"], ["BV-1", "BV-1"], ["a", "b"]))
    assert faults == ["BV-1: One, Two share this code"]


@settings(deadline=None)  # the first call reads the gazetteer
@given(
    st.lists(
        st.sampled_from(["Mary", "Ahal", "Balkan", "Lebap", "Dashoguz", "Nowhere", "Mary city"]),
        min_size=1,
        unique=True,
    )
)
def test_every_unit_has_one_code_of_its_own(names: list[str]) -> None:
    codes, notes, faults = assign_codes("TM", units(names))
    assert faults == []
    assert len(set(codes)) == len(names)
    told = [note for note in notes if re.match(r".+: TM-\w+", note) or "each reads" in note]
    assert len(told) >= len(names)
