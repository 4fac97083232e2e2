"""``geo export``."""

from pathlib import Path

import click

from geo.cli.options import incidents_argument, provinces_option, years_option


@click.command()
@incidents_argument
@provinces_option
@years_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .csv, .geojson, .parquet, .gpkg (layers with QGIS styles) or .kml.",
)
@click.option("--hxl", is_flag=True, help="Put a row of HXL hashtags under the header of a .csv.")
def export(incidents: Path | None, provinces: Path | None, years: tuple[int, int] | None, out: Path, hxl: bool) -> None:
    """Write records for spreadsheets, GIS and statistics.

    A dictionary of the columns is written beside the file, as NAME.columns.csv. Prints the paths of the files written.

    \b
    Example:
      geo export --out incidents.csv --years 2021:2022 --hxl
      geo export --out incidents.gpkg
    """
    from geo.cli.load import load
    from geo.export_tables import check_suffix, export_records

    check_suffix(out, hxl=hxl)
    dataset = load(incidents, provinces, own_columns=True)
    for path in export_records(dataset, None, out, years=years, hxl=hxl):
        click.echo(path)
