"""Names of every country: codes and levels by ISO 3166-2, spellings of event data, and names without a country."""

import gzip
import subprocess
import sys
from pathlib import Path

import pycountry
import pytest

from geo.gazetteer.index import covered_countries, index
from geo.gazetteer.prominent import HOME_COUNTRIES, everywhere, prominent
from geo.gazetteer.resolve import geocode_places

GAZETTEER = Path(__file__).resolve().parent.parent.parent / "data" / "gazetteer"
#: Countries whose provinces are ISO's units without parts.
LEAF = {"CI", "CV", "DO", "GQ", "GW", "ID", "IE", "IQ", "RS"}
#: Countries that a test loads whole.
SOME = ("UA", "IQ", "ML", "SD", "SY", "CO", "MZ", "CD", "YE", "MM", "NG", "SO", "TW")


def codes_of(country):
    """Return the codes of a country's provinces by ISO 3166-2."""
    units = pycountry.subdivisions.get(country_code=country) or []
    parents = {unit.parent_code for unit in units}
    return {u.code for u in units if (u.code not in parents if country in LEAF else u.parent_code is None)}


@pytest.mark.parametrize("country", SOME)
def test_every_province_of_iso_is_known_by_the_name_that_iso_writes(country):
    units = {code: pycountry.subdivisions.get(code=code).name for code in sorted(codes_of(country))}
    assert set(units) <= set(index(country).names)
    found = geocode_places(list(units.values()), country=country)
    answers = zip(units.items(), found["admin1_code"].fillna(""), strict=True)
    wrong = [(code, name) for (code, name), got in answers if got != code]
    # Chiayi, Hsinchu and Maputo are twice in ISO: a city, whose name it is, and the county or province around it.
    assert set(wrong) <= {("TW-CYQ", "Chiayi"), ("TW-HSQ", "Hsinchu"), ("MZ-L", "Maputo")}


def test_every_country_with_provinces_has_a_file():
    missing = {unit.country_code for unit in pycountry.subdivisions} - set(covered_countries())
    assert not missing
    assert len(covered_countries()) >= 240


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [
        # As ACLED, UCDP or GTD write them; the codes are those of ISO 3166-2.
        ("IQ", "Al Anbar", "IQ-AN"),
        ("IQ", "Ninewa", "IQ-NI"),
        ("IQ", "Nineveh", "IQ-NI"),
        ("IQ", "Saladin", "IQ-SD"),
        ("IQ", "Erbil", "IQ-AR"),
        ("IQ", "Sulaymaniyah province", "IQ-SU"),
        ("IQ", "Dihok", "IQ-DA"),
        ("UA", "Kharkiv oblast", "UA-63"),
        ("UA", "Kyiv City", "UA-30"),
        ("UA", "Kyiv", "UA-30"),
        ("UA", "Luhansk", "UA-09"),
        ("UA", "Zaporizhia", "UA-23"),
        ("UA", "Odessa", "UA-51"),
        ("UA", "Donetsk", "UA-14"),
        ("UA", "Kiev oblast", "UA-32"),
        ("SY", "Rural Damascus", "SY-RD"),
        ("SY", "Deir ez Zor", "SY-DY"),
        ("SY", "Al Hasakeh", "SY-HA"),
        ("SY", "Lattakia", "SY-LA"),
        ("ML", "Tombouctou", "ML-6"),
        ("ML", "Timbuktu region", "ML-6"),
        ("ML", "Menaka", "ML-9"),
        ("ML", "Taoudenit", "ML-10"),
        ("CD", "Nord-Kivu", "CD-NK"),
        ("CD", "North Kivu province", "CD-NK"),
        ("CD", "Ituri", "CD-IT"),
        ("CD", "Orientale", "CD-OR"),
        ("SO", "Lower Shabelle", "SO-SH"),
        ("SO", "Banadir", "SO-BN"),
        ("SO", "Lower Juba", "SO-JH"),
        ("SO", "Bay region", "SO-BY"),
        ("YE", "Sanaa", "YE-SN"),
        ("YE", "Al Hudaydah", "YE-HU"),
        ("YE", "Taizz governorate", "YE-TA"),
        ("YE", "Marib", "YE-MA"),
        ("NG", "Borno State", "NG-BO"),
        ("NG", "Federal Capital Territory", "NG-FC"),
        ("NG", "Akwa Ibom", "NG-AK"),
        ("CO", "Antioquia department", "CO-ANT"),
        ("CO", "Narino", "CO-NAR"),
        ("CO", "Norte de Santander", "CO-NSA"),
        ("MM", "Rakhine", "MM-16"),
        ("MM", "Shan State", "MM-17"),
        ("MM", "Sagaing region", "MM-01"),
        ("MM", "Mandalay", "MM-04"),
        ("MZ", "Cabo Delgado", "MZ-P"),
        ("MZ", "Zambezia", "MZ-Q"),
        ("SD", "North Darfur", "SD-DN"),
        ("SD", "Gezira", "SD-GZ"),
        ("KE", "Rift Valley", "KE-700"),
        ("KE", "Nakuru", "KE-31"),
        ("PS", "Gaza Strip", "PS-Z01"),
        ("XK", "Mitrovica", "XK-Z04"),
        ("PH", "Autonomous Region in Muslim Mindanao", "PH-14"),
        ("LY", "Banghazi", "LY-BA"),
        ("EG", "North Sinai", "EG-SIN"),
    ],
)
def test_provinces_as_event_data_write_them(country, name, code):
    assert geocode_places(name, country=country)["admin1_code"].tolist() == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Timbuktu", "ML-6"),
        ("Kharkiv Oblast", "UA-63"),
        ("Mosul", "IQ-NI"),
        ("Baghdad", "IQ-BG"),
        ("Aleppo", "SY-HL"),
        ("North Carolina", "US-NC"),
        ("Borno State", "NG-BO"),
        ("Khartoum", "SD-KH"),
        ("Donetsk", "UA-14"),
        ("Kabul", "AF-KAB"),
        ("Mosul, Iraq", "IQ-NI"),
        ("Goma, North Kivu", "CD-NK"),
        ("Makhachkala", "RU-DA"),
    ],
)
def test_a_name_without_a_country_that_one_country_has(name, code):
    assert geocode_places(name)["admin1_code"].tolist() == [code]


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Hyderabad", {"IN", "PK"}),
        ("Punjab", {"IN", "PK"}),
        ("Tripoli", {"LY", "LB"}),
        ("Jalalabad", {"AF", "KG"}),
        ("Santa Cruz", {"BO", "CV", "AR"}),
        ("Gaza", {"PS", "MZ"}),
    ],
)
def test_a_name_that_several_countries_have_is_left_open(name, countries):
    found = geocode_places(name).iloc[0]
    assert found["match"] == "ambiguous"
    assert {code[:2] for code in found["candidates"]} == countries


@pytest.mark.parametrize("name", ["UK", "USA", "Georgia", "Jordan", "Republic of South Sudan", "Republic of the Congo"])
def test_a_country_is_no_place_of_another(name):
    found = geocode_places(name).iloc[0]
    assert (found["match"], found["level"], bool(found["candidates"])) == ("none", "country", False)


def test_without_a_country_only_the_home_countries_are_loaded():
    assert [found.country_code for found in everywhere()] == [*HOME_COUNTRIES, ""]
    index.cache_clear()
    everywhere.cache_clear()
    geocode_places(["Mosul", "Kharkiv Oblast", "Springfield", "Unheardofabad"])
    assert index.cache_info().currsize <= len(HOME_COUNTRIES)


def test_keys_of_prominent_names_are_those_of_today():
    # The file holds keys: after a change of the rules it has to be built again.
    from geo.gazetteer.normalize import fold, phonetic_keys

    stale = [p.name for p in prominent().places if not _known(p, fold(p.name))]
    assert not stale, f"run tools/build_world_gazetteer.py: {stale[:5]}"
    provinces = [p for p in prominent().places if p.level == "admin1"]
    heard = [key for p in provinces for key in phonetic_keys(p.name) if len(key) >= 6]
    assert not [key for key in heard if key not in prominent().by_phonetic_key]


def _known(place, key):
    return any(entry.place is place for entry in prominent().by_letters.get(key, ()))


def test_files_are_written_without_a_time_stamp():
    for path in GAZETTEER.glob("*.gz"):
        assert path.read_bytes()[4:8] == b"\0\0\0\0", path.name
    text = gzip.decompress((GAZETTEER / "UA.tsv.gz").read_bytes()).decode()
    assert text.splitlines()[0].split("\t")[:3] == ["level", "name", "admin1_code"]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_as_shipped(tmp_path):
    tool = GAZETTEER.parent.parent / "tools" / "build_world_gazetteer.py"
    countries = ("LB", "ML", "XK")
    options = [option for country in countries for option in ("--country", country)]
    subprocess.run([sys.executable, tool, *options, "--out", tmp_path], check=True, capture_output=True)
    for country in countries:
        name = f"{country}.tsv.gz"
        assert (tmp_path / name).read_bytes() == (GAZETTEER / name).read_bytes(), name
