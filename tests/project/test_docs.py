"""What the documentation says works: its examples run, its links lead somewhere, every command explains itself."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from guide_files import commands, write_inputs

import geo
from geo.cli import main

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "data" / "README.md", ROOT / "maps" / "README.md"]
)


def lines_of(text: str, program: str) -> list[str]:
    """Return the lines that start with a program, without the remark after them."""
    return [line.split("  #")[0].strip() for line in text.splitlines() if re.match(rf" *{program} ", line)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_python_of_the_readme_runs(folder: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    (folder / "maps").mkdir()
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert (folder / "maps" / "mine.html").stat().st_size > 100_000


def test_the_how_to_of_polygons_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_DATA", str(folder / "store"))
    text = (ROOT / "docs" / "how-to" / "provinces.md").read_text(encoding="utf-8")
    write_inputs(text, folder)
    lines = commands(text)
    assert len(lines) == 11
    for line in lines[:-1]:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}\n{result.output}"
        if "list" in line:
            assert result.output == "ML Mali: 2 provinces, Survey office, 2024 (CC BY 4.0)\n"
    placed = geo.geocode(geo.read_incidents("events.geojson"), geo.read_provinces())
    assert dict(zip(placed["title"], placed["admin1_code"], strict=True)) == {
        "Attack on a convoy": "ML-X02",
        "Clash near a market": "ML-X01",
    }
    assert "Districts are shaded by" in Path("district-maps/index.html").read_text(encoding="utf-8")
    counted = CliRunner().invoke(main, ["summary", "events.geojson"])
    assert "Zone de l'Ouest" in counted.output
    assert CliRunner().invoke(main, shlex.split(lines[-1])[1:]).exit_code == 0
    assert list((folder / "store").rglob("*.parquet")) == []


def test_the_how_to_of_merging_runs(folder: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "merge.md").read_text(encoding="utf-8")
    write_inputs(text, folder)
    lines = commands(text)
    assert len(lines) == 5
    for line in lines:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}\n{result.output}"
        if line.startswith("geo merge"):
            assert "3 distinct incidents" in result.output, "the bombing at the airport is one"


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_knows_the_targets_of_the_readme_and_ci() -> None:
    text = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = {line.split()[1] for line in lines_of(text, "make")}
    assert {"maps", "test"} <= targets
    for target in targets:
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    broken = [link for link in links if link and "://" not in link and not (document.parent / link).exists()]
    assert broken == []


def all_commands(group: click.Group = main, prefix: str = "") -> dict[str, click.Command]:
    """Return every command by its words, those of groups too."""
    found = {}
    for name, command in group.commands.items():
        found[prefix + name] = command
        if isinstance(command, click.Group):
            found |= all_commands(command, f"{prefix}{name} ")
    return found


@pytest.mark.parametrize("name", sorted(all_commands()))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"])
    assert shown.exit_code == 0
    assert re.search(rf"Example:\n  +geo {name}", shown.output)
    for option in all_commands()[name].params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_examples_in_help_use_options_that_exist() -> None:
    for name, command in all_commands().items():
        # The example of a group is one of its commands.
        own = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
        options = [option for part in own for option in part.params if isinstance(option, click.Option)]
        known = {flag for option in options for flag in option.opts}
        used = set(re.findall(r"(--[a-z-]+)", re.sub(r"--help", "", command.help or "")))
        assert used <= known, name
