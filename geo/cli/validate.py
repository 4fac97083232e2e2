"""``geo validate``."""

from pathlib import Path

import click

from geo.cli.options import incidents_argument, provinces_option


@click.command()
@incidents_argument
@provinces_option
@click.option("--json", "as_json", is_flag=True, help="Print the faults as a JSON list.")
def validate(incidents: Path | None, provinces: Path | None, as_json: bool) -> None:
    """Check records and list all faults.

    Exit code 0: no faults; 1: faults, one per line: FILE: id (row N): field = value: rule.

    \b
    Example:
      geo validate my-incidents.geojson
    """
    import json
    from dataclasses import asdict

    from geo.admin.provinces import read_provinces
    from geo.readers import read_incidents
    from geo.resources import data_path
    from geo.rules.date_kinds import inferred_kinds
    from geo.rules.validate import validate as check

    path = incidents or data_path("incidents.geojson")
    records = read_incidents(path)
    faults = check(records, provinces=read_provinces(provinces) if provinces else None)
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2, default=str))
    else:
        for fault in faults:
            click.echo(str(fault))
        click.echo(f"{path}: {len(records):,} records, {len(faults):,} faults", err=True)
        if inferred := inferred_kinds(records):
            words = ", ".join(f"{kind} {count:,}" for kind, count in inferred.items())
            number = f"{sum(inferred.values()):,} records"
            click.echo(f"date_kind is not given for {number}, so it follows from their bounds: {words}", err=True)
    raise click.exceptions.Exit(1 if faults else 0)
