"""``geo merge``."""

from pathlib import Path

import click

from geo.cli.options import provinces_option


@click.command()
@click.argument("sources", metavar="FILE FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, help="File to write: .geojson or .parquet."
)
@click.option(
    "--pairs", "pairs_path", type=click.Path(path_type=Path), help="Write the unsure pairs to this file (JSON)."
)
@click.option(
    "--decisions", multiple=True, type=click.Path(path_type=Path),
    help="Apply what people decided on pairs (JSON); a later file overrules an earlier one.",
)  # fmt: skip
@click.option(
    "--window", "window_days", type=click.IntRange(0, 31), default=3, show_default=True,
    help="Most days between the dates of two records of one event.",
)  # fmt: skip
@click.option(
    "--same", type=click.FloatRange(0, 1, min_open=True), default=0.7, show_default=True,
    help="Score from which on two records are linked as one event.",
)  # fmt: skip
@click.option(
    "--unsure", type=click.FloatRange(0, 1, min_open=True), default=0.3, show_default=True,
    help="Score from which on two records are listed as unsure.",
)  # fmt: skip
@click.option("--sensitivity", is_flag=True, help="Print how the number of incidents changes with window and score.")
@provinces_option
def merge(
    sources: tuple[Path, ...],
    target: Path,
    pairs_path: Path | None,
    decisions: tuple[Path, ...],
    window_days: int,
    same: float,
    unsure: float,
    sensitivity: bool,
    provinces: Path | None,
) -> None:
    """Put several sources of events into one file, and link the records that tell of one event.

    Each FILE is a file of records, or a table of ACLED, UCDP GED, GTD or your own, which is imported. All records are
    kept; same_as links those of one event, which then count once everywhere. docs/concepts/same-event.md says how a
    score comes about.

    \b
    Example:
      geo merge acled.csv ged.csv gtd.xlsx --out merged.geojson
      geo merge acled.parquet mine.geojson --out merged.parquet --pairs unsure.json
      geo merge acled.parquet mine.geojson --out merged.parquet --decisions decided.json
    """
    from geo.admin.provinces import read_provinces
    from geo.importing.write_records import check_suffix, write_records
    from geo.merging.decisions import all_decisions, write_pairs
    from geo.merging.inputs import read_source, source_names
    from geo.merging.run import merge as merged
    from geo.write import check_target

    if unsure > same:
        raise click.UsageError(f"--unsure {unsure:g} is above --same {same:g}; give a lower one")
    names = source_names(sources)
    check_suffix(target)
    for path in (target, *([pairs_path] if pairs_path else [])):
        check_target(path)
        if any(source.exists() and source.resolve() == path.resolve() for source in sources):
            raise click.UsageError(f"{path}: is one of the sources; choose another name")
    people = all_decisions(decisions)
    polygons = read_provinces(provinces) if provinces else None
    frames = {}
    for name, path in zip(names, sources, strict=True):
        frames[name], said = read_source(path, polygons)
        for line in said:
            click.echo(line, err=True)
    found = merged(frames, window_days=window_days, same=same, unsure=unsure, decisions=people)
    write_records(found.records, target)
    click.echo("\n".join(found.report.lines()))
    click.echo(f"{target}: {len(found.records):,} records")
    if sensitivity:
        from geo.merging.sensitivity import sensitivity as varied
        from geo.merging.sensitivity import sensitivity_lines

        click.echo("\n".join(sensitivity_lines(varied(frames))))
    if pairs_path is not None:
        n = write_pairs(pairs_path, found.records, found.pairs)
        click.echo(f"{pairs_path}: {n:,} unsure pairs")
