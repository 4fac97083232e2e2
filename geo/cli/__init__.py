"""The ``geo`` command. Sub-commands parse arguments, call one function and print; they import heavy modules on use."""

import gc
from typing import Any

import click

from geo import __version__
from geo.cli.build import build
from geo.cli.countries import countries
from geo.cli.doctor import doctor
from geo.cli.embed import embed
from geo.cli.export import export
from geo.cli.figure import figure
from geo.cli.geocode import geocode
from geo.cli.import_ import import_
from geo.cli.provinces import provinces
from geo.cli.report import report
from geo.cli.summary import summary
from geo.cli.validate import validate
from geo.errors import GeoError, UsageError


class Commands(click.Group):
    """Converts geo's errors to one line on stderr and an exit code: 1 for data, 2 for usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the sub-command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from error
        except GeoError as error:
            raise click.ClickException(str(error)) from error


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
    summary,
    figure,
    report,
    export,
    embed,
    provinces,
    countries,
    doctor,
):
    main.add_command(_command)
