"""One version everywhere, and workflows, hooks, forms and citation as their readers expect them."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import geo

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from large_files import large_files  # noqa: E402  tools/ is no package

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
DOCUMENTS = [*sorted((ROOT / ".github").rglob("*.yml")), ROOT / ".pre-commit-config.yaml", ROOT / "CITATION.cff"]


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    """Return the targets that stand for a job and not for a file, each with a rule of its own."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    targets = set(phony[1].split())
    assert targets == set(re.findall(r"^([a-z-]+):(?!=)", text, re.MULTILINE))
    return targets


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_yaml_file_is_a_mapping_without_a_key_given_twice(path: Path) -> None:
    class Strict(yaml.SafeLoader):
        """A loader that refuses a key given twice; YAML forbids it, PyYAML takes the last."""

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), keys
        return yaml.SafeLoader.construct_mapping(loader, node, deep=True)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    assert isinstance(yaml.load(path.read_text(encoding="utf-8"), Strict), dict)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_call_make_targets_that_exist_and_pinned_actions(path: Path) -> None:
    workflow = read_yaml(path)
    assert workflow["permissions"] == {"contents": "read"}
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@(v\d+|[0-9a-f]{40})", step["uses"]), step
            continue
        command = re.fullmatch(r"make ([a-z-]+)", step["run"])
        assert command, step
        assert command[1] in make_targets(), step
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "://" not in text


def test_workflows_cover_what_is_promised() -> None:
    jobs = read_yaml(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    runs = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert {name: run for name, (run,) in runs.items()} == {
        "lint": "make lint",
        "test": "make test",
        "oldest-dependencies": "make test-minimum",
        "docs": "make docs",
        "wheel": "make wheel",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = jobs["test"]["strategy"]["matrix"]["python-version"]
    assert pythons[0] == project["requires-python"].removeprefix(">=")
    supported = [name.rsplit(" ", 1)[1] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert set(supported) <= set(pythons)


def test_make_knows_each_target_that_it_lists() -> None:
    done = subprocess.run(
        ["make", "--dry-run", *sorted(make_targets())], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_issue_forms_have_what_hosts_require(path: Path) -> None:
    form = read_yaml(path)
    assert form["name"]
    assert form["description"]
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields) > 0
    assert {part["type"] for part in form["body"]} <= {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    assert all(field["attributes"]["label"] for field in fields)


def test_the_citation_has_what_its_format_requires_and_the_version_of_the_package() -> None:
    citation = read_yaml(ROOT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    assert all(set(author) & {"name", "family-names"} for author in citation["authors"])
    released, dot, _ = geo.__version__.partition(".dev")
    assert dot or citation["version"] == released
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert citation["license"] == project["project"]["license"]
    assert citation["abstract"] == project["project"]["description"]


def test_the_build_reads_the_version_from_the_package_and_the_changelog_starts_with_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "geo/__init__.py"}
    heading = re.search(r"^## (\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    assert heading[1] == geo.__version__.partition(".dev")[0]
    assert heading[2] == "unreleased" or re.fullmatch(r"\d{4}-\d\d-\d\d", heading[2])


def test_hooks_are_local_and_call_programs_of_this_repository() -> None:
    (repository,) = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        program, *arguments = hook["entry"].split()
        assert program.startswith(".venv/bin/")
        assert hook["language"] == "system"
        for argument in arguments:
            assert not argument.endswith(".py") or (ROOT / argument).exists()


def test_a_large_file_is_named_and_one_at_the_limit_passes(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(bytes(1000))
    (tmp_path / "large").write_bytes(bytes(1001))
    (line,) = large_files([str(tmp_path / name) for name in ("small", "large", "deleted")], limit=1000)
    assert line.startswith(f"{tmp_path / 'large'}: 0.0 MB")


def test_polygons_of_the_world_have_a_limit_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "data" / "provinces" / "world.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(2_500_000))
    assert large_files([str(path)]) == []
    path.write_bytes(bytes(2_500_001))
    assert len(large_files([str(path)])) == 1


def test_no_file_of_the_repository_is_large() -> None:
    folders = ("benchmarks", "constraints", "data", "docs", "geo", "maps/preview", "tests", "tools")
    paths = [*ROOT.glob("*.*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    assert len(paths) > 300
    assert large_files([str(path) for path in paths]) == []
