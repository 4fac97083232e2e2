"""What can go wrong, one class for each kind of remedy."""


class GeoError(Exception):
    """Root of every error that geo raises on purpose; its message fits on one line."""


class DataError(GeoError, ValueError):
    """A file or table holds something that the record schema does not allow."""


class MissingFileError(GeoError, FileNotFoundError):
    """A file or folder that was named does not exist."""

    def __str__(self) -> str:
        """Return the message alone, not the errno form of OSError."""
        return str(self.args[0]) if self.args else ""


class CRSError(GeoError, ValueError):
    """Coordinates are not in the coordinate reference system that the step needs."""


class OutputError(GeoError, OSError):
    """A result could not be written; nothing was left half-written."""

    def __str__(self) -> str:
        """Return the message alone, not the errno form of OSError."""
        return str(self.args[0]) if self.args else ""


class UsageError(GeoError, ValueError):
    """An argument is outside what the function or command allows."""


class MissingExtraError(GeoError, ImportError):
    """An optional package is needed; the message says how to install it."""
