"""Exceptions of geo, one class per kind of remedy."""


class GeoError(Exception):
    """Base class of all errors that geo raises; messages are a single line."""

    def __str__(self) -> str:
        """Return the message on one line, whatever a name in it holds, and not in the errno form of OSError."""
        text = str(self.args[0]) if self.args else ""
        return text if text.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


class DataError(GeoError, ValueError):
    """A file or table has content that the record schema does not allow."""


class MissingFileError(GeoError, FileNotFoundError):
    """A given file or folder does not exist."""


class CRSError(GeoError, ValueError):
    """Coordinates are not in the required coordinate reference system."""


class OutputError(GeoError, OSError):
    """A result could not be written; no partial output is left."""


class UsageError(GeoError, ValueError):
    """An argument of a function or command is invalid."""


class MissingExtraError(GeoError, ImportError):
    """An optional package is required; the message says how to install it."""
