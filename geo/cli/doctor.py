"""``geo doctor``."""

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the parts as a JSON list.")
def doctor(as_json: bool) -> None:
    """Print versions and data digests, and how to install what is missing.

    Exit code 0: all required parts are present; 1: a required part is missing, too old or changed.

    \b
    Example:
      geo doctor
      geo doctor --json > environment.json
    """
    import json
    from dataclasses import asdict

    from geo.cli.installation import examine, faults, report

    parts = examine()
    click.echo(json.dumps([asdict(part) for part in parts], indent=2) + "\n" if as_json else report(parts), nl=False)
    raise click.exceptions.Exit(1 if faults(parts) else 0)
