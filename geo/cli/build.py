"""``geo build``."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import (
    dask_source,
    engine_options,
    level_option,
    local_path,
    provinces_option,
    source_argument,
    years_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: File -> title (None: the subject of the records), and the layers shown first (None: the default of build_map).
MAPS: dict[str, tuple[str | None, tuple[str, ...] | None]] = {
    "index.html": (None, None),
    "choropleth.html": ("Incidents by {level}", ("choropleth",)),
    "incidents.html": ("Incidents", ("incidents",)),
    "strongholds.html": ("Claimed strongholds", ("strongholds",)),
    "cross_border.html": ("Attacks across borders", ("cross_border",)),
}


@click.command()
@source_argument
@provinces_option
@level_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("maps"), show_default=True, help="Folder to write to."
)
@years_option
@click.option("--title", help="Title of the maps.")
@click.option(
    "--assets", type=click.Choice(["inline", "cdn"]), default="inline", show_default=True,
    help="Whether Leaflet is in each file, or loaded from the network.",
)  # fmt: skip
@click.option(
    "--language", default="en", show_default=True, metavar="FILE",
    help="Language of the interface: en, or a JSON file in the form of geo/static/lang/en.json.",
)  # fmt: skip
@click.option(
    "--tiles", default="none", show_default=True, help="Background by name, such as OpenStreetMap; needs a network."
)
@click.option(
    "--host", "hosts", multiple=True, metavar="ORIGIN",
    help="Page that may exchange messages with the map in its frame, such as https://example.org; any by default. "
    "May be given several times.",
)  # fmt: skip
@engine_options
@click.option(
    "--marks", type=click.IntRange(min=1), default=350_000, show_default=True,
    help="Most incidents to draw individually; the others are counted, and drawn as a grid.",
)  # fmt: skip
@click.option(
    "--keep", type=click.Choice(["newest", "deadliest"]), default="newest", show_default=True,
    help="Which incidents to draw individually if there are more.",
)  # fmt: skip
def build(
    incidents: Path | str | None,
    provinces: Path | None,
    level: str,
    out: Path,
    years: tuple[int, int] | None,
    title: str | None,
    assets: str,
    language: str,
    tiles: str,
    hosts: tuple[str, ...],
    engine: str,
    scheduler: str | None,
    marks: int,
    keep: str,
) -> None:
    """Write the maps, one HTML file each.

    index.html shows all layers but reported totals; choropleth.html, incidents.html, strongholds.html and
    cross_border.html show one. Readers can change layers and years in each.

    Records are checked first; if there are faults, all are listed and nothing is written.

    \b
    Example:
      geo build --years 2015:2024 --out maps
      geo build my-incidents.geojson --title "Attacks on clinics"
      geo build s3://bucket/records --engine dask --marks 50000 --keep deadliest
    """
    # Arrow reads this variable on import. Its default allocator does not return freed memory, a sixth of that of a
    # build. Not set for an import: with threads that write, the system's allocator keeps more.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    from tqdm import tqdm

    from geo.cli.load import load
    from geo.cli.partitions import load_sample
    from geo.web.layers import Records
    from geo.web.map import build_map

    partitions = dask_source(engine, scheduler, incidents)
    if partitions and level != "province":
        raise click.UsageError("--level district needs --engine pandas")
    with tqdm(total=3 + len(MAPS), desc="geo build", unit="step", disable=None, leave=False) as bar:

        def step(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        if partitions:
            dataset = load_sample(partitions, provinces, scheduler, marks, keep)
        else:
            dataset = load(local_path(incidents), provinces, step, level=level).sampled(marks, keep)
        records = Records(dataset)

        def render(name: str) -> str:
            step(name)
            heading, layers = MAPS[name]
            heading = (heading or dataset.subject).format(level=level)
            webmap = build_map(
                records,
                title=title or heading,
                subtitle=heading if title else None,
                layers=layers,
                years=years,
                assets=assets,
                language=language,
                tiles=None if tiles == "none" else tiles,
                sources=dataset.sources,
                hosts=hosts,
            )
            page: str = webmap.get_root().render()
            return page

        _write(out, render)
    click.echo(f"{len(MAPS)} maps of {dataset.size:,} records: open {out / 'index.html'}")
    if dataset.rest:
        click.echo(f"{dataset.rest.note}.")


def _write(folder: Path, render: "Callable[[str], str]") -> None:
    """Write all pages, or none if one cannot be written; they are rendered one by one, as each may be large."""
    from contextlib import ExitStack

    from geo.errors import OutputError
    from geo.write import atomic_path

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be created: {error.strerror}; give another folder with --out") from error
    with ExitStack() as stack:
        for name in MAPS:
            stack.enter_context(atomic_path(folder / name)).write_text(render(name), encoding="utf-8", newline="")
