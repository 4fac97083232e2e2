"""Where the user's own data are, by platform and environment."""

import sys
from pathlib import Path

import pytest

from geo.resources import user_data_folder


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/ana/.local/share/geo"),
        ("linux", {"XDG_DATA_HOME": "/data/xdg"}, "/data/xdg/geo"),
        ("linux", {"XDG_DATA_HOME": "xdg"}, "/home/ana/.local/share/geo"),
        ("linux", {"GEO_DATA": "/project/polygons", "XDG_DATA_HOME": "/data/xdg"}, "/project/polygons"),
        ("linux", {"GEO_DATA": "~/polygons"}, "/home/ana/polygons"),
        ("linux", {"GEO_DATA": ""}, "/home/ana/.local/share/geo"),
        ("darwin", {"XDG_DATA_HOME": "/data/xdg"}, "/home/ana/Library/Application Support/geo"),
        ("win32", {"APPDATA": "/home/ana/Roaming"}, "/home/ana/Roaming/geo"),
        ("win32", {}, "/home/ana/AppData/Roaming/geo"),
    ],
)
def test_the_folder_is_the_platforms_unless_geo_data_names_one(
    platform: str, environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GEO_DATA", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"HOME": "/home/ana"} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert user_data_folder() == Path(folder)
