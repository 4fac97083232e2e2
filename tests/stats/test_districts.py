"""Maps by district: five provinces that are stripes, each with a northern and a southern district."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from polygon_files import CODES, STRIPES, gadm, write
from shapely import Point, box

import geo
from geo.cli import main
from geo.errors import UsageError
from geo.stats.dataset import Dataset

NAMES = list(CODES)


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "store"))
    geo.add_provinces(write(tmp_path / "one.geojson", gadm()))
    halves = {name: values * 2 for name, values in gadm(2).items()}
    halves["GID_2"] = [f"{code[:-2]}.{half}_1" for half in (1, 2) for code in gadm()["GID_1"]]
    halves["NAME_2"] = [f"{half} {name}" for half in ("Demirgazyk", "Gunorta") for name in NAMES]
    north = [box(stripe.bounds[0], 39, stripe.bounds[2], 43) for stripe in STRIPES]
    south = [box(stripe.bounds[0], 35, stripe.bounds[2], 39) for stripe in STRIPES]
    geo.add_provinces(write(tmp_path / "two.geojson", halves, [*north, *south]), level=2)
    return tmp_path


def located(rows: list[dict[str, Any]], *countries: str) -> gpd.GeoDataFrame:
    plain = {"country_code": "TM", "date_start": "2021-05-01", "geo_precision": "city", "point": None}
    rows = [{"id": f"e{number}", "title": "Event"} | plain | row for number, row in enumerate(rows)]
    features = [
        {
            "type": "Feature",
            "geometry": row["point"] and {"type": "Point", "coordinates": list(row["point"])},
            "properties": {key: value for key, value in row.items() if key != "point"} | {"kind": "incident"},
        }
        for row in rows
    ]
    frame = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    path = Path(f"{rows[0].pop('folder')}/records.geojson")
    path.write_text(frame.to_json(drop_id=True), encoding="utf-8")
    records = geo.read_incidents(path)
    return geo.geocode(records, geo.read_provinces(countries=["TM", *countries]))


@pytest.fixture
def dataset(added: Path) -> Dataset:
    middle = [stripe.centroid.x for stripe in STRIPES]
    code = list(CODES.values())
    rows = [
        {"folder": str(added), "point": [middle[0], 41.0]},
        {"point": [middle[0], 37.0], "geo_precision": "district"},
        {"admin1_code": code[1], "geo_precision": "district", "admin2_name": f"Gunorta {NAMES[1]} district"},
        {"admin1_code": code[2], "geo_precision": "district", "place": f"A farm, demirgazyk {NAMES[2].lower()}"},
        {"point": [middle[3], 41.0], "geo_precision": "province"},
        {"geo_precision": "country"},
        # The code says another province than the point: neither says a district.
        {"point": [middle[4], 41.0], "admin1_code": code[0]},
    ]
    return geo.by_district(located(rows), geo.read_provinces(countries=["TM"]))


def test_a_record_counts_in_the_district_of_its_point_or_name_within_its_province(dataset: Dataset) -> None:
    assert dataset.level == "district"
    assert dataset.records["admin1_name"].fillna("").tolist() == [
        f"Demirgazyk {NAMES[0]}", f"Gunorta {NAMES[0]}", f"Gunorta {NAMES[1]}", f"Demirgazyk {NAMES[2]}", "", "", "",
    ]  # fmt: skip
    assert len(dataset.provinces) == 10
    assert dataset.summary().totals["incidents"] == 7
    assert dataset.summary().totals["unplaced"] == 3
    assert [row["incidents"] for row in dataset.summary().totals["provinces"].values()] == [1, 1, 1, 1]


def test_page_figure_and_report_speak_of_districts(dataset: Dataset) -> None:
    page = geo.build_map(dataset, title="T").get_root().render()
    assert "Districts are shaded by" in page
    assert "Provinces are shaded by" not in page
    figure = geo.draw_figure(dataset)
    assert figure.description.title == "Incidents by district, all years"
    assert "3 incidents are not known to a single district" in figure.description.missing
    report = str(geo.make_report(dataset))
    assert "Not placed in a district" in report
    assert "Not placed in a province" not in report


def test_without_districts_the_error_says_how_to_add_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "none"))
    records = geo.read_incidents()
    provinces = geo.read_provinces()
    with pytest.raises(UsageError, match="geo provinces add FILE --level 2"):
        geo.by_district(geo.geocode(records, provinces), provinces)
    result = CliRunner().invoke(main, ["build", "--level", "district", "--out", str(tmp_path / "maps")])
    assert result.exit_code == 2
    assert not (tmp_path / "maps").exists()


def test_countries_without_districts_keep_their_provinces(added: Path) -> None:
    provinces = geo.read_provinces(countries=["TM", "AF"])
    point = Point(69.2, 34.5)
    rows: list[dict[str, Any]] = [
        {"folder": str(added), "point": [STRIPES[0].centroid.x, 41.0]},
        {"country_code": "AF", "point": [point.x, point.y]},
    ]
    both = geo.by_district(located(rows, "AF"), provinces)
    assert both.records["admin1_name"].tolist() == [f"Demirgazyk {NAMES[0]}", "Kabul"]
    areas = pd.Series(both.provinces["country_code"]).value_counts()
    assert areas["TM"] == 10
    assert areas["AF"] == 34
