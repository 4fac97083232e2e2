"""Where the data that come with the package lie: in a checkout, or inside an installed wheel."""

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
        If neither the checkout nor the wheel holds it.
    """
    # A wheel carries data/ inside the package; a checkout (editable install) keeps it beside the package.
    for root in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MissingFileError(f"data/{'/'.join(parts)} is not part of this installation; reinstall geo")
