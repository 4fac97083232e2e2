"""Exports as QGIS opens them, without a screen: `make test-qgis`. Without QGIS these tests are skipped, and say so."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import shapely

import geo

PROBE = Path(__file__).parents[1] / "support" / "qgis_layers.py"
LAYERS = ["provinces", "strongholds", "incidents", "statistics"]
HOSTILE = "<script>alert(1)</script> [% 1 + 1 %] \"quoted\" 'x' &amp;"

#: What a record's dates mean decides when QGIS shows it; the years are counted by hand.
DATED: dict[str, dict[str, Any]] = {
    "day": {"date_start": "2021-01-01"},
    "last-day": {"date_start": "2020-12-31"},
    "two-years": {"date_start": "2020-12-31", "date_end": "2021-01-01", "date_kind": "throughout"},
    "since": {"date_start": "2019-05-01", "date_end": None, "date_kind": "since"},
    "attested": {"date_start": "2019-05-01", "date_end": "2020-02-01", "date_kind": "since"},
    "by": {"date_start": None, "date_end": "2020-06-01", "date_kind": "by"},
    "undated": {"date_start": None, "date_end": None},
    "newest": {"date_start": "2022-03-04"},
}
SHOWN = {
    "2019-2019": ["attested", "since"],
    "2020-2020": ["attested", "last-day", "since", "two-years"],
    "2021-2021": ["day", "since", "two-years"],
    "2022-2022": ["newest", "since"],
    "2019-2022": sorted(DATED),
}


def qgis_python() -> str | None:
    """Return the Python that has QGIS: GEO_QGIS_PYTHON, or the system's."""
    for python in filter(None, [os.environ.get("GEO_QGIS_PYTHON"), "/usr/bin/python3"]):
        try:
            found = _run([python, "-c", "import qgis.core"], check=False).returncode == 0
        except OSError:
            found = False
        if found:
            return python
    return None


def _run(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
    # QGIS belongs to another Python, which must not import our packages.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PROJ_", "GDAL_"))}
    env["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=check)


@pytest.fixture(scope="module")
def opened(make_records: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    python = qgis_python()
    if python is None:
        reason = "QGIS is not installed: on Debian, apt-get install --no-install-recommends qgis python3-qgis"
        if os.environ.get("GEO_QGIS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    placed = {"admin1_code": "XT-W", "geometry": shapely.Point(61, 31), "geo_precision": "city", "place": "Town"}
    claim = {"kind": "stronghold", "admin1_code": "XT-N", "group": "Alpha", "tier": "claimed"}
    records = make_records(
        [
            *({"id": name, **placed, "title": HOSTILE, "fatalities_low": 3} | dates for name, dates in DATED.items()),
            {"id": "typeless", **placed, "event_type": None, "date_start": "2021-07-01"},
            {"id": "claim", **claim, "date_start": "2021-01-01", "date_end": "2021-12-31", "date_kind": "throughout"},
            {"id": "total", "kind": "statistic", "admin1_code": "XT-W", "date_start": "2021-01-01", "value": 3},
        ]
    )
    path = tmp_path_factory.mktemp("qgis") / "a.gpkg"
    geo.export_records(records, provinces, path)
    periods = json.dumps([[int(year) for year in period.split("-")] for period in SHOWN])
    done = _run([python, str(PROBE), str(path), json.dumps(LAYERS), periods], check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) | {"stderr": done.stderr}


def test_qgis_opens_every_layer_in_its_style_without_a_warning(opened: Any) -> None:
    layers = opened["layers"]
    assert [layers[name]["features"] for name in LAYERS] == [3, 1, 9, 1]
    assert all(layer["valid"] and layer["styled"] for layer in layers.values())
    assert [layers[name].get("renderer") for name in LAYERS[:3]] == [
        "graduatedSymbol", "categorizedSymbol", "categorizedSymbol",
    ]  # fmt: skip
    assert all(layers[name]["pixels"] > 20 for name in LAYERS[:3])
    assert "Warning" not in opened["stderr"]


def test_qgis_has_dates_as_dates_and_columns_with_their_names(opened: Any) -> None:
    for name in LAYERS[1:]:
        fields = opened["layers"][name]["fields"]
        assert fields["date_start"] == ["Date", "First day"]
        assert fields["date_end"] == ["Date", "Last day"]
    assert opened["layers"]["incidents"]["fields"]["fatalities_best"] == ["Integer64", "Deaths, best"]
    assert opened["layers"]["provinces"]["fields"]["incidents"] == ["Integer64", "Incidents"]


def test_the_temporal_controller_shows_the_records_of_a_year(opened: Any) -> None:
    layers = opened["layers"]
    shown = {period: [i for i in ids if i != "typeless"] for period, ids in layers["incidents"]["years"].items()}
    assert shown == SHOWN
    assert layers["strongholds"]["years"]["2021-2021"] == ["claim"]
    assert layers["strongholds"]["years"]["2020-2020"] == []
    assert opened["span"] == ["2019-05-01", "2022-03-05"]


def test_map_tips_and_labels_say_what_a_mark_is(opened: Any) -> None:
    layers = opened["layers"]
    first = layers["incidents"]["tips"][0]
    assert first.startswith("<b>&lt;script&gt;alert(1)&lt;/script&gt; [% 1 + 1 %]")
    assert "<br>Place: Town" in first
    assert "<br>Deaths, low: 3" in first
    assert "Deaths, high" not in first
    assert layers["strongholds"]["tips"][0].startswith("<b>Alpha</b>")
    assert [layers[name]["label"] for name in LAYERS] == ["admin1_name", None, "place", None]
