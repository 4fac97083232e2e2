"""What the guides print is typed, line by line in their order: by a shell in a fresh environment or in this process."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from guide_files import commands, write_inputs

import geo
from geo.cli import load, main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
#: Guides that install geo: a shell types them, in this order, in one environment that is made by the first.
INSTALLING = [DOCS / "how-to" / "offline.md", DOCS / "tutorial.md", README]
GUIDES = sorted({*DOCS.glob("how-to/*.md"), *DOCS.glob("concepts/*.md")} - set(INSTALLING))
TOOLS = DOCS / "how-to" / "add-a-country.md"
#: This is one of the tests that it runs.
NOT_AGAIN = "make test "


@pytest.mark.parametrize("guide", [*INSTALLING, *GUIDES], ids=lambda path: path.stem)
def test_every_block_of_a_guide_says_what_it_is_and_no_command_hides_in_another(guide: Path) -> None:
    text = guide.read_text("utf-8")
    fences = re.findall(r"^```(.*)$", text, re.MULTILINE)
    assert set(fences[::2]) <= {"sh", "python", "csv", "json", "markdown", "text"}
    assert set(fences[1::2]) <= {""}
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert not re.findall(r"^ +(?:geo|pip|python3?|make|\.venv\S*) .*", outside, re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the files that an installation needs."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("geo", "data", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "Makefile", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "docs" / "examples").mkdir(parents=True)
    shutil.copy(DOCS / "examples" / "story.md", folder / "docs" / "examples")
    return folder


def typed(lines: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Type lines into one shell, which stops at the first that fails."""
    python = folder / "python" / "python3"
    if not python.exists():
        python.parent.mkdir()
        python.symlink_to(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")
    named = {name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_", "http", "HTTP", "no_"))}
    path = f"{python.parent}:/usr/local/bin:/usr/bin:/bin"
    env = {**named, "PATH": path, "HOME": str(folder / "home"), "LANG": "C.UTF-8", "GEO_DATA": str(folder / "store")}
    env["PIP_NO_COMPILE"] = "0"  # pip reads this as no: only what is imported is compiled, which saves half of the time
    return subprocess.run(["bash", "-ex"], input="\n".join(lines), cwd=folder, env=env, capture_output=True, text=True)


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("make")), reason="bash and make are not installed")
def test_the_guides_to_installing_run_in_a_fresh_environment(checkout: Path) -> None:
    for guide in INSTALLING:
        text = guide.read_text("utf-8")
        write_inputs(text, checkout)
        lines = [line for line in commands(text) if not line.startswith(NOT_AGAIN)]
        if guide == README:
            lines += re.findall(r"`(geo (?:build|summary) [^`]+)`", text)
        done = typed(lines, checkout)
        if done.returncode and re.search("ConnectionError|name resolution|No matching distribution", done.stderr):
            assert "GEO_CI" not in os.environ, done.stderr
            pytest.skip("the package index cannot be reached")
        assert done.returncode == 0, f"{guide.name}\n{done.stdout}\n{done.stderr}"
    assert len(list((checkout / "wheels").glob("geo_incidents-*.whl"))) == 1
    assert {"mine.geojson", "map.pdf", "report.html", "incidents.gpkg"} <= {path.name for path in checkout.iterdir()}
    # The second name is the same command.
    second = typed([". .venv/bin/activate", "geo-incidents --version"], checkout)
    assert second.stdout == f"geo, version {geo.__version__}\n"


def test_the_guide_to_the_tools_runs_in_a_checkout(checkout: Path) -> None:
    text = TOOLS.read_text("utf-8")
    kyrgyzstan = geo.read_provinces(countries=["KG"]).rename(columns={"admin1_name": "NAME_EN"})
    kyrgyzstan[["NAME_EN", "geometry"]].to_file(checkout / "kyrgyzstan.gpkg")
    for line in commands(text):
        program, *arguments = shlex.split(line)
        assert program == "python"
        env = os.environ | {"PYTHONPATH": str(checkout)}
        done = subprocess.run([sys.executable, *arguments], cwd=checkout, env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    assert (checkout / "data" / "provinces" / "KG.geojson").exists()


@pytest.fixture(scope="module")
def loaded() -> Any:
    """Return `load` that reads each pair of files once: the commands of all guides start from the same records."""
    return cache(load.load)


@pytest.mark.parametrize("guide", [path for path in GUIDES if path != TOOLS], ids=lambda path: path.stem)
def test_commands_and_code_of_the_guides_run(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        load,
        "load",
        lambda incidents, provinces, *_, **options: loaded(incidents and incidents.resolve(), provinces, **options),
    )
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "store"))
    said = guide.read_text("utf-8")
    write_inputs(said, tmp_path)
    for line in commands(said):
        program, *arguments = shlex.split(line)
        assert program == "geo"
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, f"{line}\n{done.output}"
    for block in re.findall(r"```python\n(.*?)```", said, re.DOTALL):
        exec(compile(block, guide.name, "exec"), {})
