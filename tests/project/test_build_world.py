"""The tool that builds the polygons of the world: how it weighs evidence, and what it says of changed units."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import shapely

TOOLS = Path(__file__).parent.parent.parent / "tools"


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))


def test_two_kinds_of_evidence_beat_the_third():
    from world_evidence import Evidence

    towns = Counter({"EC-T": 20, "EC-N": 1})
    assert Evidence(votes=towns).best() == "EC-T"
    assert Evidence(votes=towns, points={"EC-N"}, names={"EC-N"}).best() == "EC-N"
    assert Evidence(votes=towns, points={"EC-N"}, names={"EC-T"}).best() == "EC-T"
    # One town may lie across a border that is drawn roughly: a name outweighs it.
    assert Evidence(votes=Counter({"EC-T": 1}), names={"EC-N"}).best() == "EC-N"
    assert Evidence().best() is None


def test_levels_lift_codes_to_the_units_that_are_drawn():
    from world_evidence import Level

    assert Level("IT", "first").lift("IT-MI") == "IT-25"
    assert Level("UG", "first").codes == {"UG-C", "UG-E", "UG-N", "UG-W"}
    assert Level("ID", "leaf").lift("ID-AC") == "ID-AC"
    assert Level("ID", "leaf").lift("ID-SM") is None  # Sumatra is no province
    assert Level("XK", "own").names["XK-Z06"] == "Pristina"
    left = Level("US", "first")
    left.leave_out(["US-PR"])
    assert left.lift("US-PR") is None


def test_units_are_dissolved_and_those_that_have_changed_say_so():
    from world_evidence import Evidence, Level
    from world_units import make_units

    pieces = pd.DataFrame(
        {
            "country_code": ["ML", "ML", "ML", "ML", "AW"],
            "name": ["Gao", "Kayes", "Kita", "Nowhere", "Aruba"],
            "part": "",
            "geometry": [shapely.Point(number, 0) for number in range(5)],
        }
    )
    evidence = [
        Evidence(votes=Counter({"ML-7": 5, "ML-9": 3}), names={"ML-7"}),
        Evidence(votes=Counter({"ML-1": 9}), names={"ML-1"}),
        Evidence(votes=Counter({"ML-1": 4})),
        Evidence(),
        Evidence(),
    ]
    change = {
        "country_code": "ML",
        "admin1_code": "",
        "superseded": "2016-01-19",
        "change": "Ménaka was split from Gao",
    }
    units = make_units(pieces, evidence, {"ML": Level("ML", "first")}, [], [change], {"ML-Z01": "Somewhere"}, [])
    assert [(unit.admin1_code, unit.admin1_name, unit.pieces) for unit in units] == [
        ("AW-Z00", "Aruba", [4]),
        ("ML-1", "Kayes", [1, 2]),
        ("ML-7", "Gao", [0]),
        ("ML-Z01", "Somewhere", [3]),
    ]
    gao = units[2]
    assert (gao.superseded, gao.holds) == ("2016-01-19", ["ML-7", "ML-9"])
    assert gao.note == "Ménaka was split from Gao; holds Ménaka (ML-9)"
    assert not units[1].holds


def test_rows_without_a_polygon_stop_the_build():
    from world_units import make_units

    row = {"country_code": "ML", "source_name": "Gao", "box": "", "admin1_code": "ML-7", "admin1_name": ""}
    with pytest.raises(SystemExit, match="Gao"):
        make_units(pd.DataFrame({"country_code": [], "name": [], "part": []}), [], {}, [row], [], {}, [])


def test_names_of_iso_lose_their_brackets():
    from world_units import plain

    assert plain("Davao (Region XI)") == "Davao"
    assert plain("Catalunya [Cataluña]") == "Catalunya"
    assert plain("Congo, The Democratic Republic of the") == "The Democratic Republic of the Congo"


def test_hand_kept_tables_name_every_unit_once():
    tables = TOOLS / "provinces" / "world"
    for name, keys in {
        "units.csv": ["country_code", "source_name", "box"],
        "names.csv": ["admin1_code"],
        "changes.csv": ["country_code", "admin1_code"],
        "holds.csv": ["admin1_code", "holds"],
        "countries.csv": ["country_code"],
        "a3.csv": ["adm0_a3"],
    }.items():
        rows = pd.read_csv(tables / name, keep_default_na=False)
        assert not rows.duplicated(keys).any(), name
