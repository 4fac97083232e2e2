"""Countries as event data sets spell them."""

import pandas as pd

from geo.gazetteer.countries import country_codes, with_territories
from geo.gazetteer.resolve import geocode_places

# By ISO 3166-1; of states that are no more, the code of the one that holds their capital.
SPELLED = {
    "Afghanistan": "AF",
    "af": "AF",
    "AFG": "AF",
    "Democratic Republic of Congo": "CD",
    "DR Congo (Zaire)": "CD",
    "Republic of Congo": "CG",
    "Macedonia, FYR": "MK",
    "Kingdom of eSwatini": "SZ",
    "Yemen (North Yemen)": "YE",
    "Bosnia-Herzegovina": "BA",
    "Slovak Republic": "SK",
    "Zaire": "CD",
    "Ivory Coast": "CI",
    "Burma": "MM",
    "Palestine": "PS",
    "West Bank and Gaza Strip": "PS",
    "Kosovo": "XK",
    "South Vietnam": "VN",
    "The Gambia": "GM",
    "St. Lucia": "LC",
    "St Kitts and Nevis": "KN",
    "Curacao": "CW",
    "Cambodia (Kampuchea)": "KH",
    "Serbia (Yugoslavia)": "RS",
    "Atlantis": None,
    "Atlantis (Peru)": None,
    "": None,
}


def test_names_and_codes_of_countries_are_read() -> None:
    names = pd.Series(list(SPELLED), index=range(10, 10 + len(SPELLED)))
    codes = country_codes(names)
    assert codes.index.equals(names.index)
    assert codes.dtype == "string"
    assert [None if pd.isna(code) else code for code in codes] == list(SPELLED.values())


def test_what_is_no_text_is_no_country() -> None:
    codes = country_codes(pd.Series([None, 4, "Peru", float("nan")], dtype=object))
    assert codes.isna().tolist() == [True, True, False, True]
    unknown = country_codes(pd.Series(["Atlantis"]))
    assert unknown.dtype == "string"


def test_an_unknown_name_keeps_the_country_it_was_asked_in() -> None:
    found = geocode_places(["Unheardofabad", "Unheardofabad"], country=["Afghanistan", None])
    assert found["country_code"].tolist() == ["AF", pd.NA]


def test_a_territory_with_a_code_of_its_own_is_not_counted_to_the_country_named():
    rows = {
        ("IL", "Gaza Strip"): "PS", ("IL", "West Bank"): "PS", ("IL", "Haifa"): "IL", ("EG", "Gaza Strip"): "EG",
        ("RS", "Kosovo and Metohija"): "XK", ("RS", "Vojvodina"): "RS", ("NG", "Niger"): "NG", ("IL", None): "IL",
    }  # fmt: skip
    country, admin1 = (pd.Series(values, dtype="string") for values in zip(*rows, strict=True))
    assert with_territories(country, admin1).tolist() == list(rows.values())
