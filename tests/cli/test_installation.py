"""``geo doctor`` tells the truth about an installation, whole or broken."""

import base64
import hashlib
import json
import sys
from importlib import metadata
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import geo
from geo.cli import installation as doctor
from geo.cli.doctor import doctor as command
from geo.errors import GeoError, MissingFileError
from geo.resources import data_path
from geo.web import assets


def named(parts, name):
    return next(part for part in parts if part.name == name)


def test_versions_are_those_that_run():
    parts = doctor.examine()
    assert named(parts, "geo").found == geo.__version__
    assert named(parts, "Python").found == ".".join(map(str, sys.version_info[:3]))
    for name in ("shapely", "pandas"):
        assert named(parts, name).found == __import__(name).__version__
    assert [part.group for part in parts] == sorted(
        (part.group for part in parts), key=["geo", "required", "inlined", "data", "optional"].index
    )


def test_every_shipped_file_has_its_digest():
    listed = {part.name: part.found for part in doctor.examine() if part.group == "data"}
    root = data_path()
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    assert listed == {
        name: "sha256:" + hashlib.file_digest(path.open("rb"), "sha256").hexdigest() for name, path in files.items()
    }


def test_this_installation_has_no_fault():
    assert doctor.faults(doctor.examine()) == []


@pytest.mark.parametrize(
    ("installed", "found", "faulty"),
    [(None, None, True), ("1.9.9", "1.9.9", True), ("2.0", "2.0", False), ("3.0.dev1", "3.0.dev1", True)],
)
def test_a_required_package_outside_its_bounds_is_a_fault(monkeypatch, installed, found, faulty):
    def version(name):
        if installed is None:
            raise metadata.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr(doctor.metadata, "requires", lambda _: ["thing<3.dev0,>=2.0", 'more>=1; extra == "dask"'])
    monkeypatch.setattr(doctor.metadata, "version", version)
    part = named(list(doctor._required()), "thing")
    assert part.found == found
    assert part.remedy == ("pip install 'thing<3.dev0,>=2.0'" if faulty else None)
    assert bool(doctor.faults([part])) is faulty


def test_an_optional_package_that_is_missing_is_no_fault_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(doctor.metadata, "requires", lambda _: ["numpy", 'no-such-thing[x]>=1; extra == "dask"'])
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    parts = list(doctor._optional())
    missing = named(parts, "no-such-thing")
    assert missing.found is None
    assert missing.remedy == "pip install 'no-such-thing[x]>=1'"
    assert "dask" in missing.note
    assert "numpy" not in {part.name for part in parts}
    assert named(parts, "chromium").remedy
    assert doctor.faults(parts) == []


def test_a_script_that_is_not_the_published_one_is_a_fault(monkeypatch):
    def refuse():
        raise GeoError("leaflet.js is not the published file; reinstall it")

    monkeypatch.setattr(assets, "third_party", refuse)
    assert [part.remedy for part in doctor.faults(doctor.examine())] == [
        "leaflet.js is not the published file; reinstall it"
    ]


def test_a_data_file_that_differs_from_the_wheel_is_a_fault(monkeypatch):
    def entry(name, content):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        return SimpleNamespace(as_posix=lambda: f"geo/data/{name}", hash=SimpleNamespace(mode="sha256", value=digest))

    same = data_path("datasets.csv").read_bytes()
    monkeypatch.setattr(
        doctor.metadata, "files", lambda _: [entry("sources.csv", b"other"), entry("datasets.csv", same)]
    )
    (changed,) = doctor.faults(doctor.examine())
    assert changed.name == "sources.csv"
    assert "changed since installation" in changed.remedy


def test_an_installation_without_data_or_metadata_is_still_described(monkeypatch):
    def nothing(*_):
        raise metadata.PackageNotFoundError("geo")

    def no_data(*_):
        raise MissingFileError("data/ is not part of this installation; reinstall geo")

    monkeypatch.setattr(doctor.metadata, "requires", nothing)
    monkeypatch.setattr(doctor.metadata, "files", nothing)
    monkeypatch.setattr(doctor, "data_path", no_data)
    parts = doctor.examine()
    assert [part.name for part in doctor.faults(parts)] == ["geo", "data"]
    assert "reinstall geo" in doctor.report(parts)


def test_the_command_prints_text_or_json_and_fails_on_faults(monkeypatch):
    plain = CliRunner().invoke(command, [])
    assert plain.exit_code == 0
    listed = json.loads(CliRunner().invoke(command, ["--json"]).output)
    for part in listed:
        assert part["name"] in plain.output
        assert (part["found"] or "missing") in plain.output
    monkeypatch.setattr(doctor, "_inlined", lambda: iter([doctor.Part("inlined", "Leaflet", None, "", "reinstall")]))
    broken = CliRunner().invoke(command, [])
    assert broken.exit_code == 1
    assert "Leaflet" in broken.output
    assert "missing  -> reinstall" in broken.output
