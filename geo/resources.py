"""Locate the data files shipped with the package, in a checkout or an installed wheel."""

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
