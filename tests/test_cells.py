"""Cells of every table that geo writes for spreadsheets: none is a formula, and geo reads each back."""

import csv
import io
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.cells import csv_cell, csv_text, guard, guarded, unguard, unguarded
from geo.cli import main
from geo.importing.geocode_table import geocode_table
from geo.importing.run import import_file

#: What spreadsheets evaluate: OWASP's list, with line ends before it, and full-width forms.
FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\r\n=1",
    "＝1+1",
    "＋1+a",
    "－1+a",
    "＠SUM(1)",
]
HARMLESS = ["", "a=1", "-5", "+3.5e-7", "2021-01-01", "'twas", "Ghōr", "'"]


def cells(written: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]


def runs(cell: str) -> bool:
    """Return whether a spreadsheet evaluates a cell, numbers left out."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip("\t\r\n").startswith(tuple("=+-@＝＋－＠"))
    return False


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left(text: str) -> None:
    assert guard(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n＝1.e a")))
def test_every_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not runs(guard(text))


def test_tables_come_back_with_their_types() -> None:
    table = pd.DataFrame(
        {"=a": pd.array(["=1", None, "b"], dtype="string"), "n": [-1, 2, 3], "o": ["@x", None, 7.5]}, index=[4, 5, 9]
    )
    out = guarded(table)
    assert list(out.columns) == ["'=a", "n", "o"]
    assert out["'=a"].tolist()[0] == "'=1"
    pd.testing.assert_frame_equal(unguarded(out).set_axis(table.columns, axis=1), table)
    pd.testing.assert_frame_equal(guarded(out), out)


def test_no_other_module_writes_tables_as_text() -> None:
    calls = re.compile(r"\.to_csv\(|\.to_excel\(|csv\.(writer|DictWriter)\(|write_csv\(|openpyxl\.Workbook\(")
    package = Path(geo.__file__).parent
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if calls.search(path.read_text())}
    assert found == {"cells.py", "importing/batches.py", "importing/rejected.py"}  # the latter two call that of cells
    others = [(package / name).read_text() for name in found - {"cells.py"}]
    assert all("from geo.cells import" in text and ".to_csv(" not in text for text in others)


@given(st.text(st.sampled_from("'=+-@\t\r\n＝1.e a,\"")) | st.floats() | st.booleans() | st.none())
def test_a_cell_of_an_export_runs_no_formula_and_comes_back(value: Any) -> None:
    (back,) = next(csv.reader(io.StringIO(csv_cell(value) + "\r\n", newline=""))) or [""]
    assert not runs(back)
    if isinstance(value, str):
        assert unguard(back) == value
    elif isinstance(value, float) and not math.isnan(value):
        assert float(back) == value


def test_a_carriage_return_in_a_cell_starts_no_row() -> None:
    assert csv_text(pd.DataFrame({"a": ["x\r=1"]})) == 'a\n"x\r=1"\n'


def test_a_summary_runs_no_formula(make_records: Any, tmp_path: Path) -> None:
    own = [
        {"kind": "stronghold", "group": text, "tier": "claimed", "role": "presence", "date_start": "2021-01-01"}
        for text in FORMULAS
    ]
    records = tmp_path / "in.geojson"
    geo.export_records(make_records(own), geo.read_provinces(), records)
    out = CliRunner().invoke(main, ["summary", str(records), "--by", "group", "--format", "csv"])
    assert out.exit_code == 0, out.output
    assert [cell for cell in cells(out.output) if runs(cell)] == []
    assert "'=1+1" in out.output


def test_rejected_rows_run_no_formula_and_can_be_imported(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    # Rows whose day and month cannot be told apart are rejected.
    rows = [
        ["id", "title", "date", "latitude", "longitude", "=own"],
        *[[str(i), text, "02/03/2021", "-34.5", "69.2", text] for i, text in enumerate(FORMULAS)],
    ]
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    report = import_file(source, tmp_path / "out.parquet", provinces=geo.read_provinces())
    assert report.rejected == len(FORMULAS)
    assert report.rejected_path is not None
    written = report.rejected_path.read_bytes().decode("utf-8")
    assert [cell for cell in cells(written) if runs(cell)] == []
    assert "-34.5" in cells(written)
    again = tmp_path / "again.csv"
    again.write_bytes(written.replace("02/03/2021", "2021-01-01").replace("-34.5", "34.5").encode())
    mended = import_file(again, tmp_path / "again.parquet", provinces=geo.read_provinces())
    assert mended.kept == len(FORMULAS)
    titles = geo.read_incidents(tmp_path / "again.parquet")["title"].tolist()
    assert [title.strip() for title in titles] == [text.strip() for text in FORMULAS]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_geocoded_table_runs_no_formula_and_is_read_again(tmp_path: Path, suffix: str) -> None:
    table = pd.DataFrame({"place": ["Khar", *FORMULAS], "=own": [*FORMULAS, "-5"]})
    source, out = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    table.to_csv(source, index=False, sep="\t" if suffix == ".tsv" else ",", lineterminator="\r\n")
    geocode_table(source, out)
    written = pd.read_csv(out, sep="\t" if suffix == ".tsv" else ",", dtype=str, keep_default_na=False)
    assert [cell for cell in [*written.columns, *written.to_numpy().ravel()] if runs(cell)] == []
    assert written["'=own"].iloc[-1] == "-5"
    parts = [name for name in written.columns if name in ("place", "'=own")]
    again = tmp_path / f"again{suffix}"
    written[parts].to_csv(again, index=False, sep="\t" if suffix == ".tsv" else ",", lineterminator="\r\n")
    geocode_table(again, tmp_path / f"twice{suffix}")
    assert (tmp_path / f"twice{suffix}").read_bytes() == out.read_bytes()


def test_columns_of_an_export_run_no_formula_and_come_back(make_records: Any, tmp_path: Path) -> None:
    records = make_records([{"title": text} for text in FORMULAS]).assign(**{"=own": FORMULAS, "＝wide": "x"})
    table, columns = geo.export_records(records, geo.read_provinces(), tmp_path / "a.csv")
    for path in (table, columns):
        assert [cell for cell in cells(path.read_bytes().decode("utf-8-sig")) if runs(cell)] == []
    back = geo.read_incidents(table)
    assert back["=own"].tolist() == FORMULAS
    assert back["title"].tolist() == FORMULAS
