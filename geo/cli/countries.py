"""``geo countries``."""

import click


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--json", "as_json", is_flag=True, help="Print the table as a JSON list.")
def countries(code: str | None, as_json: bool) -> None:
    """List the countries with province polygons, or the units of one, and how they differ from today's.

    CODE is an ISO 3166-1 alpha-2 code. DRAWN and ISO are the numbers of units that are drawn and that ISO 3166-2 has
    today; VINTAGE is the day since when some unit is out of date, "coarser" where units are drawn as one, or "today".

    \b
    Example:
      geo countries
      geo countries ML
    """
    import json

    from geo.admin.world import shipped_countries
    from geo.errors import UsageError

    known = shipped_countries()
    if code is None:
        listed = [country._asdict() for country in known.values()]
        rows = [[c.code, c.name, c.level, str(c.drawn), str(c.iso), c.vintage] for c in known.values()]
        heading = ["CODE", "COUNTRY", "LEVEL", "DRAWN", "ISO", "VINTAGE"]
        notes: list[str] = []
    elif country := known.get(code.strip().upper()):
        listed = _units(country.code)
        rows = [
            [*(unit[name] or "" for name in ("code", "name", "from")), unit["to"] or unit["superseded"] or "today",
             unit["note"] or ""] for unit in listed
        ]  # fmt: skip
        heading = ["CODE", "NAME", "FROM", "UNTIL", "NOTE"]
        notes = [f"{country.name}: {country.drawn} units drawn, {country.iso} in ISO 3166-2 today. {country.faults}"]
    else:
        raise UsageError(f"no provinces for country {code}; geo countries lists those")
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for line in [*_aligned([heading, *rows]), *notes]:
        click.echo(line.rstrip())


def _units(country: str) -> list[dict[str, str | None]]:
    """Return code, name, last day and note of each unit of a country, old vintages included."""
    import pandas as pd

    from geo.admin.provinces import read_provinces

    units = read_provinces(countries=country)
    columns = {"code": "admin1_code", "name": "admin1_name", "from": "valid_from", "to": "valid_to"}
    rows = []
    for row in units.itertuples():
        unit = {name: getattr(row, column) for name, column in columns.items()}
        unit |= {"superseded": row.superseded, "holds": row.holds, "note": row.note}
        rows.append({name: None if pd.isna(value) else str(value) for name, value in unit.items()})
    return rows


def _aligned(rows: list[list[str]]) -> list[str]:
    """Return rows as lines with aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
