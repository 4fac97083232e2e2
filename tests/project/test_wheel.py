"""An installed wheel, in an empty folder, finds the shipped data and builds the maps."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent


def python(*args: object, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, args)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = python("-m", "pip", "wheel", ROOT, "--no-deps", "--no-build-isolation", "-w", folder, "-q", cwd=folder)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("geo_incidents-*.whl")
    return path


def test_the_wheel_holds_code_data_and_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top.partition("-")[0] for top in tops} == {"geo", "geo_incidents"}
    for wanted in ("geo/py.typed", "geo/static/bundle/page.js", "geo/static/bundle/layers.js",
                   "geo/static/lang/en.json", "geo/data/incidents.geojson",
                   "geo/data/sources.csv", "geo/data/provinces/AF.geojson"):  # fmt: skip
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    (scripts,) = (name for name in names if name.endswith("entry_points.txt"))
    said = zipfile.ZipFile(wheel).read(scripts).decode()
    assert said.split() == ["[console_scripts]", "geo", "=", "geo.cli:main", "geo-incidents", "=", "geo.cli:main"]
    assert not [name for name in names if "test" in name or name.endswith(".pyc")]


def test_maps_are_built_from_the_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    done = python("-m", "pip", "install", "--no-deps", "--no-index", "-q", "--target", home, wheel, cwd=empty)
    assert done.returncode == 0, done.stderr
    env = {**os.environ, "PYTHONPATH": str(home)}
    where = python("-c", "import geo; print(geo.__file__)", cwd=empty, env=env).stdout
    assert Path(where.strip()).is_relative_to(home)
    done = python("-m", "geo", "build", cwd=empty, env=env)
    assert done.returncode == 0, done.stderr
    assert "maps/index.html" in done.stdout
    assert sorted(path.name for path in empty.iterdir()) == ["maps"]
    assert len(list((empty / "maps").glob("*.html"))) == 5


def test_polygons_are_added_from_the_wheel_and_kept_outside_it(wheel: Path, tmp_path: Path) -> None:
    home, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    done = python("-m", "pip", "install", "--no-deps", "--no-index", "-q", "--target", home, wheel, cwd=empty)
    assert done.returncode == 0, done.stderr
    square = {"type": "Polygon", "coordinates": [[[3, -55], [4, -55], [4, -54], [3, -54], [3, -55]]]}
    unit = {"type": "Feature", "properties": {"GID_0": "BVT", "GID_1": "BVT.1_1", "NAME_1": "West"}, "geometry": square}
    (empty / "bv.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [unit]}))
    env = {**os.environ, "PYTHONPATH": str(home), "GEO_DATA": str(tmp_path / "store")}
    done = python("-m", "geo", "provinces", "add", "bv.geojson", cwd=empty, env=env)
    assert done.returncode == 0, done.stderr
    done = python("-m", "geo", "provinces", "list", cwd=empty, env=env)
    assert done.stdout.startswith("BV Bouvet Island: 1 province, GADM (GADM licence")
    assert [path.name for path in (tmp_path / "store").rglob("*.parquet")] == ["BV.parquet"]
