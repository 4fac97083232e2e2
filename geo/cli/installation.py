"""Inventory of an installation: versions, digests, and commands that install missing parts."""

import base64
import hashlib
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from geo import __version__
from geo.admin.user_provinces import about_set, user_districts, user_provinces
from geo.errors import GeoError
from geo.resources import data_path
from geo.web import assets

#: Extra -> purpose. Extras that are not listed are for development.
PURPOSES = {"dask": "--engine dask: more records than fit into memory"}
#: Optional package that is not in an extra -> purpose.
ADDRESSES = {
    "s3fs": "partitions at s3:// addresses",
    "gcsfs": "partitions at gs:// addresses",
    "adlfs": "partitions at abfs:// addresses",
}
#: Name of geo on the package index, where "geo" is another project.
DISTRIBUTION = "geo-incidents"

#: Program -> other names, purpose, how to install it.
PROGRAMS = {
    "chromium": (("chromium-browser", "google-chrome"), "tests of the page", "tools/find_chromium.py --install"),
    "node": ((), "tests of the page's scripts", "your system's package nodejs, version 18 or newer"),
}


@dataclass(frozen=True)
class Part:
    """A package, file or program that geo uses or can use.

    Attributes
    ----------
    group : {"geo", "required", "inlined", "data", "optional"}
    found : str or None
        Version, digest or path; None if missing.
    remedy : str or None
        Command or instruction that repairs the part; None if it needs none.
    """

    group: str
    name: str
    found: str | None
    note: str = ""
    remedy: str | None = None


def examine() -> list[Part]:
    """List all parts that affect the output of geo.

    Returns
    -------
    list of Part
        geo and Python, then required packages, scripts inlined in pages, data files, optional parts. A part of the
        first four groups that has a ``remedy`` is a fault; an optional part that has one is merely not installed.
    """
    return [
        Part("geo", "geo", __version__, str(Path(__file__).parent.parent)),
        Part("geo", "Python", platform.python_version(), sys.executable),
        Part("geo", "system", platform.platform(terse=True), platform.machine()),
        *_required(),
        *_inlined(),
        *_data(),
        *_optional(),
    ]


def faults(parts: list[Part]) -> list[Part]:
    """Return the missing or wrong parts because of which geo may not work correctly."""
    return [part for part in parts if part.remedy and part.group != "optional"]


def report(parts: list[Part]) -> str:
    """Return parts as aligned text, one per line, under the names of their groups."""
    width = max(len(part.name) for part in parts)
    lines: list[str] = []
    group = None
    for part in parts:
        if part.group != group:
            lines += ([""] if lines else []) + [part.group]
            group = part.group
        words = [part.found or "missing", part.note, f"-> {part.remedy}" if part.remedy else ""]
        lines.append(f"  {part.name:<{width}}  {'  '.join(word for word in words if word)}")
    return "\n".join(lines) + "\n"


def _requirements() -> list[Requirement]:
    try:
        return [Requirement(line) for line in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        return []


def _applies(wanted: Requirement, extra: str = "") -> bool:
    return wanted.marker is None or wanted.marker.evaluate({"extra": extra})


def _package(group: str, wanted: Requirement, note: str = "") -> Part:
    """Return the installed version of a package, with a command to install it if missing or not compatible."""
    bounds = Requirement(str(wanted))
    bounds.marker = None
    install = f"pip install '{bounds}'"
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return Part(group, wanted.name, None, note, install)
    compatible = wanted.specifier.contains(Version(version), prereleases=True)
    return Part(group, wanted.name, version, note, None if compatible else install)


def _required() -> Iterator[Part]:
    wanted = [requirement for requirement in _requirements() if _applies(requirement)]
    if not wanted:
        yield Part("required", "geo", None, "runs from a source tree without installation", "pip install --editable .")
    yield from (_package("required", requirement) for requirement in wanted)


def _inlined() -> Iterator[Part]:
    try:
        scripts = assets.third_party()
    except GeoError as error:
        yield Part("inlined", "Leaflet", None, "", str(error))
        return
    except (ImportError, OSError):
        yield Part("inlined", "Leaflet", None, "", "pip install --force-reinstall 'XStatic-Leaflet>=1.9.3,<1.10'")
        return
    for script in scripts:
        yield Part("inlined", script.name, f"{script.version}  sha256:{script.sha256}", script.licence)


def _data() -> Iterator[Part]:
    try:
        root = data_path()
    except GeoError as error:
        yield Part("data", "data", None, "", str(error))
        return
    recorded = _recorded()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest = hashlib.sha256(path.read_bytes())
        name = path.relative_to(root).as_posix()
        before = recorded.get(f"geo/data/{name}")
        changed = before is not None and before != digest.hexdigest()
        remedy = "changed since installation; reinstall geo to restore it" if changed else None
        yield Part("data", name, f"sha256:{digest.hexdigest()}", f"{path.stat().st_size:,} bytes", remedy)
    for path in [*user_provinces().values(), *user_districts().values()]:
        name = f"added: {path.parent.name}/{path.name}"
        found = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        try:
            yield Part("data", name, found, about_set(path).citation())
        except GeoError as error:
            yield Part("data", name, found, "", str(error))


def _recorded() -> dict[str, str]:
    """Return the digests in the RECORD file of the installed wheel; an editable installation has none for data."""
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return {}
    return {
        file.as_posix(): base64.urlsafe_b64decode(file.hash.value + "==").hex()
        for file in files
        if file.hash is not None and file.hash.mode == "sha256"
    }


def _optional() -> Iterator[Part]:
    for extra, purpose in PURPOSES.items():
        for wanted in _requirements():
            if _applies(wanted, extra) and not _applies(wanted):
                yield _package("optional", wanted, purpose)
    for name, purpose in ADDRESSES.items():
        yield _package("optional", Requirement(name), purpose)
    for name, (others, purpose, source) in PROGRAMS.items():
        path = next(filter(None, map(shutil.which, (name, *others))), None)
        yield Part("optional", name, path, purpose, None if path else source)
