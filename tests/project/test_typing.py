"""Type checkers see the real signatures of the public functions."""

import subprocess
import sys
from pathlib import Path

import geo

ROOT = Path(__file__).resolve().parent.parent.parent

SCRIPT = """
import geo
from geo.controls import YearControl
from geo.layers import Choropleth

incidents = geo.read_incidents("mine.geojson")
located = geo.geocode(incidents, geo.read_provinces())
m = geo.build_map(located, geo.read_provinces(), years=(2021, 2022))
geo.build_map(located, geo.read_provinces(), yeers=(2021, 2022))
geo.read_incidents(3.5)
geo.buildmap
{reveals}
"""


def test_a_user_script_is_checked_against_the_real_types(tmp_path: Path) -> None:
    names = [name for name in geo.__all__ if name != "GeoError"]
    script = tmp_path / "mine.py"
    script.write_text(SCRIPT.format(reveals="\n".join(f"reveal_type(geo.{name})" for name in names)), encoding="utf-8")
    # An empty configuration: what any user has.
    (tmp_path / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    # Without the packages that geo imports: checking those takes most of the time and is not asked for here.
    alone = ["--no-site-packages", "--ignore-missing-imports"]
    options = ["--config-file=mypy.ini", *alone, "--follow-imports=silent", "--cache-dir=cache"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "mine.py"],
        cwd=tmp_path,
        env={"PATH": "", "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    revealed = [line for line in lines if "Revealed type is" in line]
    assert len(revealed) == len(names), done.stdout + done.stderr
    assert [line for line in revealed if '"Any"' in line or "def (" not in line] == []
    errors = [line for line in lines if ": error: " in line]
    assert len(errors) == 3
    assert 'Unexpected keyword argument "yeers"' in errors[0]
    assert 'Argument 1 to "read_incidents" has incompatible type "float"' in errors[1]
    assert "buildmap" in errors[2]
