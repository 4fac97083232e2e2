"""The ``geo`` command. Sub-commands parse arguments, call one function and print; they import heavy modules on use."""

import errno
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from typing import Any

import click

from geo import __version__
from geo.cli.build import build
from geo.cli.countries import countries
from geo.cli.doctor import doctor
from geo.cli.embed import embed
from geo.cli.export import export
from geo.cli.extract import extract
from geo.cli.figure import figure
from geo.cli.geocode import geocode
from geo.cli.import_ import import_
from geo.cli.merge import merge
from geo.cli.provinces import provinces
from geo.cli.report import report
from geo.cli.review import review
from geo.cli.story import story
from geo.cli.summary import summary
from geo.cli.validate import validate
from geo.errors import GeoError, UsageError
from geo.paths import shown


class Commands(click.Group):
    """Converts geo's errors to one line on stderr and an exit code: 1 for data, 2 for usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the sub-command."""
        try:
            with _ended_by_signals():
                result = super().invoke(ctx)
            sys.stdout.flush()  # here, for a full disk to be an error with a message
            return result
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from error
        except GeoError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # such as geo summary | head, which click ends quietly
                raise
            raise click.ClickException(_system(error)) from error
        except UnicodeEncodeError as error:
            raise click.ClickException("an argument or path holds bytes that are no UTF-8; rename the file") from error
        except MemoryError as error:
            raise click.ClickException("not enough memory; use fewer records (--years), or --engine dask") from error


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as an exception does, so that temporary files are removed."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # Only the main thread may set them; a signal that is ignored, as under nohup, stays so.
    taken = [n for n in numbers if signal.getsignal(n) is signal.SIG_DFL and current_thread() is main_thread()]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _system(error: OSError) -> str:
    """Return one line on an error of the operating system, such as a full disk."""
    if error.filename is None:
        # Nothing more can be written there, so that Python need not try again when it ends.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return f"cannot write the output: {error.strerror or error}"
    return f"{shown(error.filename)}: {error.strerror or error}"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="geo")
def main() -> None:
    """Map conflict incidents and claimed strongholds by province and year.

    Without INCIDENTS, commands use the records that come with geo.
    """
    # Tables of names and lists of sources are hundreds of thousands of long-lived objects. With the default thresholds,
    # scanning them repeatedly takes a sixth of a command's time.
    gc.set_threshold(50_000, 20, 50)


for _command in (
    build,
    validate,
    geocode,
    import_,
    extract,
    merge,
    summary,
    figure,
    report,
    story,
    export,
    embed,
    review,
    provinces,
    countries,
    doctor,
):
    main.add_command(_command)
