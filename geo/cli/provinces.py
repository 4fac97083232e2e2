"""``geo provinces``."""

from pathlib import Path

import click

#: Larger files are announced.
_LARGE_MB = 100


@click.group()
def provinces() -> None:
    """Add polygons of your own: provinces or districts of any country.

    They are kept in your data folder and used by every command in place of those that come with geo.

    \b
    Example:
      geo provinces add geoBoundaries-MLI-ADM1.geojson
      geo provinces list
      geo provinces remove ML
    """


@provinces.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--country", metavar="XX", help="ISO 3166-1 code of the country, if the file holds several or names none."
)
@click.option("--level", type=click.IntRange(1, 2), help="1: provinces, 2: districts; by default what the rows are.")
@click.option("--code-column", metavar="COLUMN", help="Column of codes.")
@click.option("--name-column", metavar="COLUMN", help="Column of names.")
@click.option("--filter", "where", multiple=True, metavar="COLUMN=VALUE", help="Keep the rows with this value.")
@click.option("--layer", metavar="NAME", help="Layer of the file, or file in a zip archive.")
@click.option("--crs", metavar="CRS", help="Reference system of the coordinates, EPSG:32630, if the file states none.")
@click.option("--licence", metavar="TEXT", help="Licence of the polygons, shown on maps.")
@click.option("--source", metavar="TEXT", help="Who publishes the polygons, shown on maps.")
@click.option("--vintage", metavar="YEAR", help="Year, or date, for which the outlines hold.")
@click.option("--no-simplify", is_flag=True, help="Keep all coordinates of very detailed outlines.")
def add(
    file: Path, country: str | None, level: int | None, code_column: str | None, name_column: str | None,
    where: tuple[str, ...], layer: str | None, crs: str | None, licence: str | None, source: str | None,
    vintage: str | None, no_simplify: bool,
) -> None:  # fmt: skip
    """Add the provinces or districts of a country.

    FILE is GeoJSON, GeoPackage, a zipped shapefile, GeoParquet, TopoJSON or another format that GDAL reads. The columns
    of geoBoundaries, COD-AB, GADM and Natural Earth are recognised; for other files, name the columns. Shapes, codes
    and names are checked: what is mended is said, and nothing is stored while there are faults.

    \b
    Example:
      geo provinces add geoBoundaries-MLI-ADM1.geojson --licence "CC BY 4.0" --vintage 2021
      geo provinces add ne_10m_admin_1_states_provinces.zip --country ML
      geo provinces add regions.gpkg --country ML --name-column NOM --code-column CODE
    """
    from geo.boundaries.add import add_provinces

    conditions: dict[str, str] = {}
    for column, value in map(_pair, where):
        if conditions.setdefault(column, value) != value:
            raise click.BadParameter(f"{column!r} cannot have two values; give one", param_hint="'--filter'")
    if file.is_file() and (size := file.stat().st_size >> 20) > _LARGE_MB:
        click.echo(f"{file}: {size:,} MB; this may take minutes and some GB of memory", err=True)
    added = add_provinces(
        file,
        country=country,
        level=level,
        code_column=code_column,
        name_column=name_column,
        where=conditions,
        layer=layer,
        crs=crs,
        licence=licence,
        source=source,
        vintage=vintage,
        simplify_outlines=not no_simplify,
    )
    click.echo("\n".join(added.lines()))


@provinces.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the sets as a JSON list.")
def list_(as_json: bool) -> None:
    """List the polygons that have been added.

    \b
    Example:
      geo provinces list
    """
    import json
    from dataclasses import asdict

    from geo.admin.user_provinces import added_sets
    from geo.gazetteer.index import country_names
    from geo.resources import user_data_folder

    sets = added_sets()
    if as_json:
        click.echo(json.dumps([asdict(about) for about in sets], indent=2, ensure_ascii=False))
        return
    for about in sets:
        name = country_names().get(about.country_code, "")
        click.echo(f"{about.country_code} {name}: {about.count()}, {about.citation()}")
    if not sets:
        click.echo(f"no polygons have been added; they would be in {user_data_folder()}", err=True)


@provinces.command()
@click.argument("country", metavar="XX")
def remove(country: str) -> None:
    """Remove the polygons that have been added for a country; its shipped provinces are used again.

    \b
    Example:
      geo provinces remove ML
    """
    from geo.admin.user_provinces import remove_sets

    for path in remove_sets(country.upper()):
        click.echo(f"removed {path}")


def _pair(text: str) -> tuple[str, str]:
    column, _, value = text.partition("=")
    if not column or not value:
        raise click.BadParameter(f"{text!r}: must be COLUMN=VALUE", param_hint="'--filter'")
    return column, value
