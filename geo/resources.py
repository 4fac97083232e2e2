"""Locate data files: those shipped with the package, in a checkout or an installed wheel, and the user's own."""

import os
import sys
from pathlib import Path

from geo.errors import MissingFileError

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Return the path of a shipped data file or folder.

    Parameters
    ----------
    *parts : str
        Path below ``data/``, for example ``"provinces", "AF.geojson"``.

    Returns
    -------
    Path

    Raises
    ------
    MissingFileError
        If the file is neither in the checkout nor in the wheel.
    """
    # In a wheel data/ is inside the package, in a checkout (editable install) beside it.
    for root in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MissingFileError(f"data/{'/'.join(parts)} is not part of this installation; reinstall geo")


def user_data_folder() -> Path:
    """Return the folder of the user's own data, which need not exist.

    The environment variable ``GEO_DATA`` names it. Without it, it is the folder ``geo`` where the platform keeps the
    data of programs: ``%APPDATA%`` on Windows, ``~/Library/Application Support`` on macOS, elsewhere
    ``$XDG_DATA_HOME`` or ``~/.local/share``.
    """
    if named := os.environ.get("GEO_DATA"):
        return Path(named).expanduser()
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        # The XDG specification has relative paths ignored.
        named = os.environ.get("XDG_DATA_HOME", "")
        base = Path(named) if Path(named).is_absolute() else home / ".local" / "share"
    return base / "geo"
