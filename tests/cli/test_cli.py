"""The command line: what it prints where, its exit codes, and that nothing is half-written."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import geo
from geo.cli import main
from geo.cli.build import MAPS
from geo.resources import data_path
from geo.stats.summary import totals


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def incidents(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes some shipped records, after a change to the first one with a place."""
    shipped = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    exact = [f for f in shipped["features"] if f["geometry"] and f["properties"]["kind"] == "incident"]

    def write(edit: Edit = lambda _: None, name: str = "mine.geojson") -> Path:
        features = json.loads(json.dumps(exact[:3]))
        for feature in features:
            feature["properties"] |= {"conflicts_with": [], "same_as": []}
        collection = {"type": "FeatureCollection", "features": features}
        edit(collection)
        path = tmp_path / name
        path.write_text(json.dumps(collection), encoding="utf-8")
        return path

    return write


def set_property(name: str, value: Any) -> Edit:
    def edit(collection: dict[str, Any]) -> None:
        collection["features"][0]["properties"][name] = value

    return edit


def set_point(lon: float, lat: float) -> Edit:
    def edit(collection: dict[str, Any]) -> None:
        collection["features"][0]["geometry"] = {"type": "Point", "coordinates": [lon, lat]}

    return edit


def swap(collection: dict[str, Any]) -> None:
    collection["features"][0]["geometry"]["coordinates"].reverse()


def same_ids(collection: dict[str, Any]) -> None:
    collection["features"][1]["properties"]["id"] = collection["features"][0]["properties"]["id"]


def other_crs(collection: dict[str, Any]) -> None:
    collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}


def test_build_writes_five_maps_and_says_where(tmp_path: Path) -> None:
    result = run("build", "--out", tmp_path / "maps", "--years", "2015:2024")
    assert result.exit_code == 0, result.output
    assert str(tmp_path / "maps" / "index.html") in result.stdout
    names = ["choropleth.html", "cross_border.html", "incidents.html", "index.html", "strongholds.html"]
    assert sorted(path.name for path in (tmp_path / "maps").iterdir()) == names
    for name, (title, _) in MAPS.items():
        page = (tmp_path / "maps" / name).read_text(encoding="utf-8")
        assert f"<title>{(title or 'Incidents and claimed strongholds').format(level='province')}</title>" in page
        assert len(page.encode()) < 700_000


def test_build_takes_a_title(tmp_path: Path, incidents: Any) -> None:
    result = run("build", incidents(), "--out", tmp_path / "out", "--title", "Mine <1>")
    assert result.exit_code == 0, result.output
    assert "<title>Mine &lt;1&gt;</title>" in (tmp_path / "out" / "strongholds.html").read_text(encoding="utf-8")
    assert "3 records" in result.stdout


FAULTS: list[tuple[Edit, str, str]] = [
    (set_property("kind", "attack"), "kind = attack", "incident, stronghold, statistic"),
    (set_property("date_start", "2021-13-45"), "date_start = 2021-13-45", ""),
    (swap, "geometry", ""),
    (set_point(float("nan"), 34.0), "", ""),
    (set_point(1e999, 34.0), "", ""),
    (same_ids, "id", ""),
]


@pytest.mark.parametrize(("edit", "value", "rule"), FAULTS)
@pytest.mark.parametrize("command", ["build", "validate", "summary"])
def test_faulty_records_are_listed_and_nothing_is_written(
    tmp_path: Path, incidents: Any, command: str, edit: Edit, value: str, rule: str
) -> None:
    path = incidents(edit)
    out = tmp_path / "maps"
    result = run(command, path, *(["--out", out] if command == "build" else []))
    said = result.stdout if command == "validate" else result.stderr
    assert result.exit_code == 1, result.output
    assert str(path) in said
    assert value in said
    assert rule in said
    assert "Traceback" not in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "mine.geojson"),
        (b"not json", "mine.geojson"),
        (b'{"type": "Feature"}', "mine.geojson"),
        (b"\xff\xfe", "mine.geojson"),
    ],
)
def test_files_that_are_no_records_are_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "mine.geojson"
    path.write_bytes(content)
    result = run("build", path, "--out", tmp_path / "maps")
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "maps").exists()


def test_a_missing_file_and_another_crs_are_named(tmp_path: Path, incidents: Any) -> None:
    result = run("build", tmp_path / "no.geojson", "--out", tmp_path / "maps")
    assert (result.exit_code, "no.geojson" in result.stderr) == (1, True)
    result = run("build", incidents(other_crs), "--out", tmp_path / "maps")
    assert (result.exit_code, "3857" in result.stderr) == (1, True)
    assert not (tmp_path / "maps").exists()


def test_a_byte_order_mark_is_named(tmp_path: Path, incidents: Any) -> None:
    path = incidents()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    result = run("validate", path)
    assert (result.exit_code, "byte-order mark" in result.stderr) == (1, True)


@pytest.mark.parametrize("years", ["2024:2015", "", ":", "2015:", "20155", "abc", "2015:2016:2017", "0000"])
@pytest.mark.parametrize("command", ["build", "summary", "embed"])
def test_a_period_that_is_none_is_wrong_usage(tmp_path: Path, command: str, years: str) -> None:
    result = run(command, *(["x.html"] if command == "embed" else []), "--years", years)
    assert result.exit_code == 2
    assert "--years" in result.stderr
    assert len(list(tmp_path.iterdir())) == 0


def test_other_wrong_usage() -> None:
    for args in (
        ["build", "--assets", "floppy"],
        ["build", "--tiles", "no such tiles"],
        ["summary", "--by", "moon"],
        ["nothing"],
    ):
        result = run(*args)
        assert result.exit_code == 2, args
        assert result.stderr
    assert "province, country, year" in run("summary", "--by", "moon").stderr


def test_a_folder_that_cannot_be_written_leaves_no_trace(tmp_path: Path, incidents: Any) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("here first")
    for out in (blocked, blocked / "maps"):
        result = run("build", incidents(), "--out", out)
        assert result.exit_code == 1
        assert str(blocked) in result.stderr
    assert blocked.read_text() == "here first"


def test_all_maps_or_none(tmp_path: Path, incidents: Any) -> None:
    out = tmp_path / "maps"
    (out / "strongholds.html").mkdir(parents=True)
    (out / "index.html").write_text("old")
    result = run("build", incidents(), "--out", out)
    assert result.exit_code == 1
    assert "strongholds.html" in result.stderr
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "strongholds.html"]
    assert (out / "index.html").read_text() == "old"


def test_summary_prints_the_totals_of_the_library() -> None:
    provinces = geo.read_provinces()
    located = geo.geocode(geo.read_incidents(), provinces)
    for years in (None, (2021, 2022)):
        period = ["--years", "2021:2022"] if years else []
        said = json.loads(run("summary", "--format", "json", *period).stdout)
        assert said["totals"] == totals(located, years)
        rows = list(csv.DictReader(io.StringIO(run("summary", "--by", "province", "--format", "csv", *period).stdout)))
        assert sum(int(row["incidents"]) for row in rows) == said["totals"]["incidents"]
        unplaced = sum(int(row["incidents"]) for row in rows if not row["admin1_code"])
        assert unplaced == said["totals"]["unplaced"]


def test_summary_as_a_table_says_what_is_not_known() -> None:
    said = run("summary").stdout
    assert "(not placed)" in said
    assert "(undated)" in said
    assert "In all: " in said


def test_validate_is_silent_on_the_shipped_records_and_lists_faults_as_json(incidents: Any) -> None:
    assert run("validate").stdout == ""
    assert run("validate", "--json").stdout.strip() == "[]"
    result = run("validate", incidents(set_property("kind", "attack")), "--json")
    assert result.exit_code == 1
    (fault,) = [fault for fault in json.loads(result.stdout) if fault["field"] == "kind"]
    assert fault["value"] == "attack"


def test_geocode_answers_and_abstains() -> None:
    result = run("geocode", "Jalalabad", "--country", "AF", "--json")
    assert result.exit_code == 0, result.output
    (answer,) = json.loads(result.stdout)
    assert (answer["place"], answer["admin1_code"]) == ("Jalalabad", "AF-NAN")
    assert "PK-TA" in run("geocode", "Bajaur", "--date", "2014-05-01").stdout
    assert "none" in run("geocode", "Atlantis on Sea").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([""], "(no name): none: not known\n"),
        (["two\nlines"], "two lines: none"),
        (["a" * 10_000], f"{'a' * 79}…: none: longer than 400 characters"),
        (["12345"], "12345: none: not known"),
        (["0,0"], "0,0: none"),
        (["Kabul", "--country", "Atlantis"], "does not cover country 'Atlantis'; give a name"),
        (["\udcff\udcfe", "--json"], '"place": "??"'),
    ],
)
def test_geocode_says_why_it_finds_nothing(args: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["geocode", *args])
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    assert max(map(len, result.stdout.splitlines())) < 200


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--out", ""], "written to .geojson or .parquet"),
        (["--out", "."], "written to .geojson or .parquet"),
        (["--out", "a.geojson", "--map", "day=date_start", "--map", "day=place"], "'day' cannot hold both date_start"),
    ],
)  # fmt: skip
def test_import_refuses_what_cannot_be_meant(tmp_path: Path, args: list[str], said: str) -> None:
    (tmp_path / "a.csv").write_text("id,day\n1,2021-01-02\n")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.csv"), *args])
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.output.split())


def test_geocode_fills_a_table(tmp_path: Path) -> None:
    source, target = tmp_path / "places.csv", tmp_path / "located.csv"
    source.write_text("name,place,country\nA,Jalalabad,AF\nB,Atlantis on Sea,AF\n")
    result = run("geocode", "--in", source, "--out", target)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(target.open()))
    assert [(row["name"], row["admin1_code"]) for row in rows] == [("A", "AF-NAN"), ("B", "")]
    assert "2 rows, 1 placed" in result.stdout


def test_answers_below_the_least_score_are_left_open(tmp_path: Path) -> None:
    # "Hirat" is another name of Herat: 0.98.
    assert "Hirat: AF-HER" in run("geocode", "Hirat", "--country", "AF", "--min-score", "0.98").stdout
    assert "Hirat: ambiguous: one of AF-HER" in run("geocode", "Hirat", "--country", "AF", "--min-score", "0.99").stdout
    source, located, records = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.geojson"
    source.write_text("date,place,country\n2021-03-02,Hirat,AF\n")
    for least, code in (("0.98", "AF-HER"), ("0.99", None)):
        assert run("geocode", "--in", source, "--out", located, "--min-score", least).exit_code == 0
        assert next(iter(csv.DictReader(located.open())))["admin1_code"] == (code or "")
        assert run("import", source, "--out", records, "--min-score", least).exit_code == 0
        assert json.loads(records.read_text())["features"][0]["properties"].get("admin1_code") == code
    assert run("geocode", "Hirat", "--min-score", "1.1").exit_code == 2


@pytest.mark.parametrize("args", [[], ["Kabul", "--in", "a.csv"], ["--in", "a.csv"], ["Kabul", "--out", "b.csv"]])
def test_geocode_takes_names_or_a_table(args: list[str]) -> None:
    result = run("geocode", *args)
    assert result.exit_code == 2
    assert "--in FILE and --out FILE" in result.stderr


def test_validate_counts_the_kinds_of_date_that_it_infers(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,date,country\na,2021-05-06,Mali\nb,2021-05-06 to 2021-05-09,Mali\nc,2021,Mali\nd,,Mali\n")
    run("import", table, "--out", tmp_path / "t.geojson")
    said = run("validate", tmp_path / "t.geojson").stderr
    assert "date_kind is not given for 4 records, so it follows from their bounds: at 2, within 1, unknown 1" in said


def test_import_writes_records_that_validate(tmp_path: Path) -> None:
    source, target = tmp_path / "events.csv", tmp_path / "records.geojson"
    source.write_text("where,day,what\nJalalabad,2021-03-02,An attack on an office\n")
    mapped = ["--map", "where=place", "--map", "day=date_start", "--map", "what=title"]
    result = run("import", source, "--out", target, "--format", "table", *mapped)
    assert result.exit_code == 0, result.output
    assert len(geo.read_incidents(target)) == 1
    assert run("validate", target).exit_code == 0


def test_import_needs_pairs(tmp_path: Path) -> None:
    result = run("import", "a.csv", "--out", tmp_path / "b.geojson", "--map", "where")
    assert result.exit_code == 2
    assert "COLUMN=FIELD" in result.stderr


def test_help_loads_nothing_heavy() -> None:
    script = "import sys; from geo.cli import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"pandas", "geopandas", "folium", "shapely"} & set(done.stdout.split("'"))


def test_module_and_script_are_the_same_command() -> None:
    by_module = subprocess.run([sys.executable, "-m", "geo", "--version"], capture_output=True, text=True, check=True)
    script = shutil.which("geo", path=str(Path(sys.executable).parent))
    assert script
    by_script = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert by_module.stdout == by_script.stdout == f"geo, version {geo.__version__}\n"
