"""The oldest releases that are tested are the oldest that are allowed."""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent


def requirements() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["dask"]])
    return {requirement.name.lower(): requirement for requirement in found}


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints" / "minimum.txt").read_text().splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {name.lower(): Version(version) for name, version in pairs}


def test_every_requirement_has_a_lower_bound_that_is_tested() -> None:
    pinned = pins()
    for name, requirement in requirements().items():
        (bound,) = (spec.version for spec in requirement.specifier if spec.operator == ">=")
        # "1.9.3" and "1.9.3.0" are one version.
        assert pinned[name] == Version(bound), name
        assert requirement.specifier.contains(pinned[name]), name


def test_nothing_else_is_held_back() -> None:
    assert set(pins()) == set(requirements())
