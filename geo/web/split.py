"""Write a map page with its scripts and styles in files of their own, for hosts whose policy forbids inline ones."""

import base64
import hashlib
import re
from pathlib import Path

from geo.errors import DataError, OutputError
from geo.paths import regular_file
from geo.web.document import DATA, without_data
from geo.write import write_text

_PART = re.compile(r"<(style|script)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
#: Attributes of scripts that are data, which no policy forbids.
_DATA_TYPES = re.compile(r"""type\s*=\s*["']?application/(?:json|octet-stream)""")


def split(page: str | Path, folder: str | Path) -> list[tuple[Path, str]]:
    """Write a page and its parts to a folder.

    Parameters
    ----------
    page : path
        A map written by geo.
    folder : path
        For the page, under its own name, and ``NAME-1.css``, ``NAME-1.js``, ...; made if it does not exist.

    Returns
    -------
    list of (Path, str)
        The files, the page first; and the hash of each script and style as policies and ``integrity`` write it,
        ``sha256-...``; an empty text for the page.

    Raises
    ------
    MissingFileError, DataError
        If the page does not exist, or is not a page with a policy.
    OutputError
        If the page would be written over itself, or a file cannot be written.
    """
    path, into = Path(page), Path(folder)
    regular_file(path, "does not exist; create it with: geo build")
    written = path.read_bytes().decode("utf-8", errors="replace")
    if not _POLICY.search(written) or "<title>" not in written:
        raise DataError(f"{path}: is not a map page: give an .html file written by geo build")
    if into.resolve() == path.resolve().parent:
        raise OutputError(f"{into}: is the folder of {path.name} itself: give another folder")
    parts: list[tuple[str, str]] = []

    def outside(match: re.Match[str]) -> str:
        kind, attributes, content = match.groups()
        if kind == "script" and ("src=" in attributes or _DATA_TYPES.search(attributes)):
            return match[0]
        suffix = "css" if kind == "style" else "js"
        name = f"{path.stem}-{sum(part[0].endswith(suffix) for part in parts) + 1}.{suffix}"
        parts.append((name, content))
        return f'<link rel="stylesheet" href="{name}">' if kind == "style" else f'<script src="{name}"></script>'

    rest, blocks = without_data(written)
    rest = _POLICY.sub(lambda match: f"{match[1]}{_own_files(match[2])}{match[3]}", _PART.sub(outside, rest))
    for block in blocks:
        rest = rest.replace(DATA, block, 1)
    files = [(into / path.name, rest), *((into / name, content) for name, content in parts)]
    into.mkdir(parents=True, exist_ok=True)
    for target, content in files:
        write_text(target, content)
    return [(files[0][0], ""), *((target, _hash(content)) for target, content in files[1:])]


def _own_files(policy: str) -> str:
    """Return a policy with the files beside the page in place of inline scripts and styles."""
    directives = []
    for directive in policy.split("; "):
        name, *sources = directive.split(" ")
        if name in ("script-src", "style-src"):
            kept = [source for source in sources if not source.startswith(("'sha256-", "'unsafe-inline'"))]
            sources = ["'self'", *kept]
        directives.append(" ".join((name, *sources)))
    return "; ".join(directives)


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
