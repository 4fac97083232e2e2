"""Snippets that show a map inside a report: HTML, Markdown, reStructuredText, Quarto, WordPress, a linked picture."""

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from urllib.parse import quote

from geo.errors import DataError, UsageError
from geo.paths import regular_file
from geo.stats.periods import check_years
from geo.web.escape import http_url, text

FORMATS = ("iframe", "markdown", "rst", "quarto", "wordpress", "picture")
LEGENDS = ("closed", "open", "none")
#: Least and largest height of a frame in CSS pixels; the largest is several times that of a screen.
MIN_HEIGHT, MAX_HEIGHT = 100, 4000

#: Sets the height of a frame to that which its map requests, within limits; ignores messages from other frames.
_LISTENER = """<script>
addEventListener("message", function (event) {
  var frames = document.querySelectorAll("iframe[data-geo]");
  for (var i = 0; i < frames.length; i++) {
    if (frames[i].contentWindow === event.source && event.data && event.data.type === "geo:height") {
      var height = Number(event.data.height);
      if (height >= LEAST && height <= MOST) frames[i].style.height = height + "px";
    }
  }
});
</script>""".replace("LEAST", str(MIN_HEIGHT)).replace("MOST", str(MAX_HEIGHT))


def embed(
    page: str | Path,
    *,
    years: Sequence[int] | None = None,
    height: int = 480,
    format: str = "iframe",  # noqa: A002
    title: str | None = None,
    show_title: bool = True,
    legend: str = "closed",
    lock: bool = False,
    picture: str | Path | None = None,
) -> str:
    """Return a snippet that shows a map in a report.

    Parameters
    ----------
    page : path or web address
        A map written by geo: its path relative to the report, or the address where it is published.
    years : (first, last), optional
        Period that the map shows first, both years included.
    height : int, default 480
        Height in CSS pixels, until the map requests another.
    format : {"iframe", "markdown", "rst", "quarto", "wordpress", "picture"}
        HTML with a script that adjusts the height; Markdown with embedded HTML, and a link below for viewers without
        it; a reStructuredText directive; a Quarto block for HTML output, with a link for other formats; a WordPress
        block without the script, which its editor would remove; or a picture that links to the map, for hosts that
        remove frames.
    title : str, optional
        Name of the frame, which screen readers announce, and text of links; by default the map's title.
    show_title : bool, default True
        Whether the map shows its own title: not needed below a headline.
    legend : {"closed", "open", "none"}
        Whether the legend is folded at first, or not there.
    lock : bool, default False
        Whether readers cannot move or zoom the map; years can still be chosen.
    picture : path or web address, optional
        Picture of the map for ``format="picture"``, for example by ``geo figure`` or the page's own PNG.

    Returns
    -------
    str
        Ends with a line feed.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not a page.
    UsageError
        If another argument is not allowed.
    """
    if format not in FORMATS:
        raise UsageError(f"format = {format!r}: give one of {', '.join(FORMATS)}")
    if not MIN_HEIGHT <= height <= MAX_HEIGHT:
        raise UsageError(f"height = {height}: give {MIN_HEIGHT} to {MAX_HEIGHT} pixels")
    if legend not in LEGENDS:
        raise UsageError(f"legend = {legend!r}: give one of {', '.join(LEGENDS)}")
    if (format == "picture") is (picture is None):
        raise UsageError("picture: give the picture's path or address with format = picture, and with no other format")
    period = check_years(years)
    fragment = "" if period is None else f"#years={period[0]}-{period[1]}"
    address, own = _address(page)
    title = own if title is None else " ".join(title.split())
    query = "embed=1" + ("" if show_title else "&title=0") + ("" if legend == "closed" else f"&legend={legend}")
    query += "&lock=1" if lock else ""
    frame = (
        f'<iframe data-geo src="{text(address)}?{text(query)}{fragment}" title="{text(title)}" loading="lazy" '
        f'style="width:100%;height:{height}px;border:0" allowfullscreen></iframe>'
    )
    label = re.sub(r"([\\\[\]*_`])", r"\\\1", text(title))
    link = f"[{label}]({address}{fragment})"
    anchor = f'<a href="{text(address)}{fragment}">{text(title)}</a>'
    return {
        "iframe": f"{frame}\n{_LISTENER}\n",
        "markdown": f"{frame}\n\n{link}\n",
        "rst": f".. raw:: html\n\n   {frame}\n",
        "quarto": f'::: {{.content-visible when-format="html"}}\n```{{=html}}\n{frame}\n```\n:::\n\n'
        f'::: {{.content-hidden when-format="html"}}\n{link}\n:::\n',
        "wordpress": f"<!-- wp:html -->\n<figure>{frame}<figcaption>{anchor}</figcaption></figure>\n"
        "<!-- /wp:html -->\n",
        "picture": f'<figure><a href="{text(address)}{fragment}"><img src="{text(_picture(picture))}" '
        f'alt="{text(title)}" style="max-width:100%"></a><figcaption>{anchor}</figcaption></figure>\n',
    }[format]


def _picture(picture: str | Path | None) -> str:
    """Return the URL of a picture, quoted for its attribute."""
    if str(picture).startswith(("http://", "https://")):
        address = http_url(str(picture).strip().replace(" ", "%20"))
        if address is None:
            raise UsageError(f"picture = {picture!r}: is no web address; give one such as https://example.org/map.png")
        return address
    return quote(Path(str(picture)).as_posix())


def _address(page: str | Path) -> tuple[str, str]:
    """Return the URL of a map, quoted for a link, and the map's title."""
    if str(page).startswith(("http://", "https://")):
        address = http_url(str(page).strip().partition("#")[0].partition("?")[0].replace(" ", "%20"))
        if address is None:
            raise UsageError(f"{page!r}: is no web address; give one such as https://example.org/map.html")
        return address, "Map"
    path = Path(page)
    regular_file(path, "does not exist; create it with: geo build")
    # The title comes before everything that grows with the data.
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.read(65536)
    found = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    if found is None:
        raise DataError(f"{path}: is not a map page: has no title; give an .html file written by geo build")
    return quote(path.as_posix()), " ".join(unescape(found[1]).split())
