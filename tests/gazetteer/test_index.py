"""The shipped gazetteer against independent facts, and the script that builds it, for one more country too."""

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pycountry
import pytest
from shapely import box

from geo.admin.provinces import read_provinces
from geo.admin.reverse import locate_points
from geo.errors import DataError, UsageError
from geo.gazetteer import index as gazetteer
from geo.gazetteer import parse as placetext
from geo.gazetteer import prominent as worldwide
from geo.gazetteer import resolve as placenames
from geo.gazetteer.index import covered_countries, index, regions, strip_types
from geo.gazetteer.place import Place
from geo.gazetteer.prominent import HOME_COUNTRIES, admin1_name, prominent
from geo.gazetteer.resolve import geocode_places

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "tools" / "build_gazetteer.py"
COUNTRIES = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
HEADER = "\t".join(gazetteer.COLUMNS).encode()


def test_every_country_of_the_map_is_covered():
    assert set(covered_countries()) >= set(COUNTRIES)
    with pytest.raises(UsageError, match=r"does not cover country 'ZZ'; give an ISO 3166-1 alpha-2 code"):
        index("ZZ")


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_province_of_the_polygons_has_its_iso_name(country):
    provinces = read_provinces(countries=[country])
    assert index(country).names == dict(zip(provinces["admin1_code"], provinces["admin1_name"], strict=True))
    units = {unit.code: unit.name for unit in pycountry.subdivisions.get(country_code=country)}
    # Two ISO names in Uzbekistan are equal; that of a city is the city's.
    formal = {code: name.replace(",", "") for code, name in units.items() if code in provinces.index}
    formal.pop("UZ-TO", None)
    found = geocode_places(list(formal.values()), country=country)
    assert found["admin1_code"].tolist() == list(formal)


@pytest.mark.parametrize("country", COUNTRIES)
def test_towns_lie_where_they_are_said_to(country):
    towns = [p for p in index(country).places if p.level == "town" and p.lon is not None]
    assert len(towns) > 90
    today = read_provinces(countries=[country])
    found = locate_points(
        [p.lon for p in towns], [p.lat for p in towns], provinces=today[today["valid_to"].isna()], max_distance_m=10_000
    )
    agree = sum(code == p.admin1_code for code, p in zip(found["admin1_code"].fillna(""), towns, strict=True))
    assert agree / len(towns) > 0.95


def test_places_of_fata_know_when_they_changed_hands():
    khar = next(p for p in index("PK").places if p.name == "Khar")
    assert khar.code_on("2018-05-30") == "PK-TA"
    assert khar.code_on("2018-05-31") == khar.code_on(None) == "PK-KP"
    peshawar = next(p for p in index("PK").places if p.name == "Peshawar" and p.level == "town")
    assert peshawar.code_on("2010-01-01") == "PK-KP"
    # Fourteen units of the Federally Administered Tribal Areas: seven agencies, six frontier regions, Waziristan.
    units = [p for p in index("PK").places if p.level == "admin2" and p.past_code == "PK-TA"]
    assert {p.past_until for p in units} == {"2018-05-30"}
    assert len(units) >= 13


def test_the_size_stays_small():
    assert sum(path.stat().st_size for path in (ROOT / "data" / "gazetteer").iterdir()) < 7_500_000


def test_regions_name_provinces_that_exist():
    codes = {code for found in regions()[0].values() for region in found for code in region.candidates}
    assert all(admin1_name(code) for code in codes)


def test_type_words_are_taken_off_and_understood():
    assert strip_types(["achin", "district"]) == (["achin"], "admin2")
    assert strip_types(["moskovskaya", "oblast"]) == (["moskovskaya"], "admin1")
    assert strip_types(["shahrestan", "e", "kavar"]) == (["kavar"], "admin2")
    assert strip_types(["ولایت", "ننگرهار"]) == (["ننگرهار"], "admin1")
    assert strip_types(["province"]) == ([], "admin1")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the gazetteer of a shipped country, and of one more from polygons made here."""
    folder = tmp_path_factory.mktemp("built")
    codes = [unit.code for unit in pycountry.subdivisions.get(country_code="AD")]
    # The polygons are made up: GeoNames' word on the parish of a town counts.
    strips = [box(1.4 + i * 0.06, 42.4, 1.46 + i * 0.06, 42.7) for i in range(len(codes))]
    names = [pycountry.subdivisions.get(code=code).name for code in codes]
    columns = {"admin1_code": codes, "admin1_name": names, "country_code": "AD", "valid_from": None, "valid_to": None}
    (folder / "provinces").mkdir()
    gpd.GeoDataFrame(columns, geometry=strips, crs="EPSG:4326").to_file(folder / "provinces" / "AD.geojson")
    shutil.copy(ROOT / "data" / "provinces" / "TJ.geojson", folder / "provinces")
    options = ["--country", "AD", "--country", "TJ", "--provinces", folder / "provinces", "--out", folder / "gazetteer"]
    subprocess.run([sys.executable, BUILD, *options], capture_output=True, text=True, check=True)
    shutil.copy(ROOT / "data" / "gazetteer" / "words.tsv", folder / "gazetteer")
    head = "\t".join(worldwide.COLUMNS) + "\n"
    (folder / "gazetteer" / "prominent.tsv.gz").write_bytes(gzip.compress(head.encode(), mtime=0))
    return folder


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_as_shipped(built):
    for name in ("TJ.tsv.gz", "countries.tsv", "regions.tsv"):
        assert (built / "gazetteer" / name).read_bytes() == (ROOT / "data" / "gazetteer" / name).read_bytes(), name


@pytest.fixture
def elsewhere(built, tmp_path, monkeypatch):
    """Use a copy of what was built instead of the shipped gazetteer."""
    shutil.copytree(built / "gazetteer", tmp_path / "gazetteer")
    forget_names()
    for module in (gazetteer, worldwide):
        monkeypatch.setattr(module, "data_path", lambda *parts: tmp_path.joinpath(*parts))
    yield tmp_path / "gazetteer"
    monkeypatch.undo()
    forget_names()


def forget_names():
    for module in (gazetteer, worldwide, placenames, placetext):
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()


@pytest.mark.slow
def test_one_more_country_is_one_command(elsewhere):
    assert covered_countries() == ("AD", "TJ")
    found = geocode_places(["Ordino", "Parròquia d'Ordino", "el Tarter", "Kabul"], country="AD")
    assert found["admin1_code"].fillna("").tolist() == ["AD-05", "AD-05", "AD-02", ""]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no column level"),
        (b"no gzip at all", "Not a gzipped file"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00garbage", ".*"),
        (gzip.compress(b"\xff\xfe\x00 not text", mtime=0), "codec can't decode"),
        (gzip.compress(b"level\tname\nadmin1\tX\n", mtime=0), "no column admin1_code, past"),
        (gzip.compress(HEADER + b"\nadmin1\tX\n", mtime=0), "row 2: number of cells differs from the header's"),
        (gzip.compress(HEADER + b"\nadmin7\tX\tAD-05" + b"\t" * 6 + b"\n", mtime=0), "level 'admin7'"),
        (gzip.compress(HEADER + b"\ntown\tX\tAD-05\t\t\teast\t1\t\t\n", mtime=0), "'east'"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named(elsewhere, data, fault):
    path = elsewhere / "AD.tsv.gz"
    whole = path.read_bytes()
    for broken in (data, whole[: len(whole) // 2]):
        path.write_bytes(broken)
        index.cache_clear()
        with pytest.raises(DataError, match=r"AD\.tsv\.gz: .*rebuild it with tools/build_gazetteer\.py") as caught:
            index("AD")
        if broken is data:
            assert re.search(fault, str(caught.value))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["words", "countries", "regions"])
def test_damaged_lists_are_named(elsewhere, name):
    for data in (b"", b"\xff\xfe", b"other\tcolumns\n"):
        (elsewhere / f"{name}.tsv").write_bytes(data)
        for cached in (regions, gazetteer.countries, gazetteer.vocabulary):
            cached.cache_clear()
        with pytest.raises(DataError, match=rf"{name}\.tsv: .*reinstall geo"):
            geocode_places(["Ordino", "the North Caucasus"])


def test_a_name_of_signs_alone_is_no_key():
    found = gazetteer.Index("XX")
    found.add([(Place("admin1", "\u2014", "XX-1"), ["\u2014", "North"])])
    assert set(found.by_letters) == {"north"}
    assert "" not in found.by_phonetic_key


def toy(*places):
    """Return an index of (level, name, code, other names)."""
    found = gazetteer.Index("XX")
    found.add([(Place(level, name, code), [name, *names]) for level, name, code, *names in places])
    return found


def test_a_place_knows_its_province_on_each_day():
    moved = Place("town", "Khar", "XX-2", "XX-1", "2018-05-30")
    ended = Place("admin1", "Old", "XX-2", "XX-1", "2018-05-30")
    for place, undated in ((moved, "XX-2"), (ended, "XX-1")):
        assert [place.code_on(day) for day in (None, "2018-05-29", "2018-05-30", "2018-05-31")] == [
            undated, "XX-1", "XX-1", "XX-2",
        ]  # fmt: skip
    assert {Place("town", "Khar", "XX-2").code_on(day) for day in (None, "1900-01-01")} == {"XX-2"}


def test_names_are_entered_with_and_without_their_type_and_once():
    found = toy(("admin2", "Marga District", "XX-1", "Marga", "MARGA", "Zenda"), ("town", "Marga", "XX-1"))
    entries = {key: [(e.place.level, e.official, e.bare) for e in held] for key, held in found.by_letters.items()}
    assert entries == {
        "margadistrict": [("admin2", True, False)],
        # Its bare name and another name of its own are different grades; what is there already is not entered again.
        "marga": [("admin2", True, True), ("admin2", False, False), ("town", True, False)],
        "zenda": [("admin2", False, False)],
    }
    assert [place.level for place in found.places] == ["admin2", "town"]
    assert found.names == {}


def test_provinces_are_heard_in_either_order_of_their_words():
    found = toy(("admin1", "Marga Banu", "XX-1"), ("town", "Zenda Lur", "XX-1"))
    assert found.names == {"XX-1": "Marga Banu"}
    assert set(found.by_phonetic_key) == {"margabanu", "banumarga", "zindalur"}
    assert found.province_keys() == {"margabanu", "banumarga"}


def test_an_ended_province_has_its_own_code_among_the_names():
    found = gazetteer.Index("XX")
    found.add([(Place("admin1", "Old", "XX-2", "XX-1", "2018-05-30"), ["Old"])])
    assert found.names == {"XX-1": "Old"}


def test_near_keys_differ_by_one_consonant():
    found = toy(*(("town", name, "XX-1") for name in ("Mangadar", "Mangar", "Mandar", "Mulgudir", "Zenda")))
    # mngdr: without d, without g, l for n; zinda has other consonants.
    assert found.similar_keys("mangidar") == {"mangadar", "mangar", "mandar", "mulgudir"}
    assert found.similar_keys("") == set()


def test_the_arabic_script_is_looked_up_by_consonants_of_latin_names():
    found = toy(("town", "Zaranj", "XX-1", "زرنج"), ("town", "Zirinj", "XX-1"), ("town", "Zarand", "XX-1"))
    assert found.keys_with_skeleton("زرنج") == ["zaranJ", "zirinJ"]
    assert found.keys_with_skeleton("بلخ") == []


def test_type_words_speak_of_the_last_level_and_leave_the_ezafe():
    assert strip_types(["city", "district", "marga"]) == (["marga"], "admin2")
    assert strip_types(["region", "marga"]) == (["marga"], None)
    assert strip_types(["district", "of", "marga"]) == (["marga"], "admin2")
    # An "e" is an ezafe only where a type word went before it.
    assert strip_types(["e", "marga"]) == (["e", "marga"], None)
    assert strip_types(["shahr", "i", "marga"])[0] in (["marga"], ["shahr", "i", "marga"])
    for ezafe in ("e", "i", "ye"):
        assert strip_types(["shahrestan", ezafe, "marga"]) == (["marga"], "admin2")
    assert strip_types([]) == ([], None)


def test_countries_towns_elsewhere_and_codes():
    countries, known = gazetteer.countries(), prominent()
    assert {countries[key] for key in ("afghanistan", "af", "afg")} == {"AF"}
    assert "" not in countries
    # Large towns and provinces of the countries that are not searched in full.
    tripoli = {entry.place.admin1_code[:2]: entry.place.population for entry in known.by_letters["tripoli"]}
    assert {country for country, population in tripoli.items() if population >= 100_000} == {"LY", "LB"}
    assert {entry.place.admin1_code[:2] for entry in known.by_letters["hyderabad"]} == {"IN"}
    assert HOME_COUNTRIES == COUNTRIES
    elsewhere = {place.admin1_code[:2] for place in prominent().places}
    assert set(covered_countries()) - elsewhere == set(HOME_COUNTRIES)
    assert not {place.admin1_code[:2] for place in known.places} & set(COUNTRIES)
    # Smaller towns are there as rivals of these: Tripoli in Greece. Units of ISO 3166-2 within a province count alike.
    assert 15_000 <= tripoli["GR"] < 100_000
    assert min(place.population for place in known.places if place.level == "town") >= 15_000
    assert {place.population for place in known.places if place.level == "admin2"} == {100_000}


def test_names_of_provinces_by_code():
    assert admin1_name("AF-NAN") == "Nangarhar"
    assert admin1_name("PK-TA") == "Federally Administered Tribal Areas"
    assert admin1_name("AF-XXX") is None
    assert admin1_name("UA-63") == "Kharkiv"
    assert admin1_name("FR-75") is None
