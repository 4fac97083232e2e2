"""Write a report as one self-contained HTML file, with styles for printing."""

import base64
from importlib.resources import files

from geo.report.blocks import Block, Facts, Heading, Inline, Items, Link, Paragraph, Picture, Report, Table
from geo.web.escape import http_url, text


def as_html(report: Report) -> str:
    """Return a report as HTML with pictures and styles inlined, without scripts or requests."""
    style = files("geo.report").joinpath("report.css").read_text("utf-8")
    body = "\n".join(_block(block) for block in report.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(report.title)}</title>\n"
        f'<meta name="description" content="{text(report.description)}">\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{text(block.words)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_inline(block.words)}</p>"
        case Facts():
            rows = "".join(
                f'<div><dt>{text(name)}</dt><dd data-fact="{text(key)}">{text(value)}</dd></div>'
                for key, name, value in block.rows
            )
            return f"<dl>{rows}</dl>"
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case Items():
            return _items(block)


def _table(table: Table) -> str:
    def row(cells: tuple[Inline, ...], start: str, end: str) -> str:
        number = [' class="number"' if i in table.numbers else "" for i in range(len(cells))]
        return "<tr>" + "".join(f"{start}{n}>{_inline(c)}{end}" for c, n in zip(cells, number, strict=True)) + "</tr>"

    split = len(table.rows) - table.totals
    head = row(table.header, '<th scope="col"', "</th>")
    body = "\n".join(row(cells, "<td", "</td>") for cells in table.rows[:split])
    foot = "\n".join(row(cells, "<td", "</td>") for cells in table.rows[split:])
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{text(table.caption)}"><table>\n'
        f"<caption>{text(table.caption)}</caption>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>"
        + (f"\n<tfoot>\n{foot}\n</tfoot>" if foot else "")
        + "\n</table></div>"
    )


def _picture(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode("ascii")
    long = "".join(f"<p>{text(part)}</p>" for part in picture.long.split("\n\n"))
    return (
        f'<figure><img src="data:image/png;base64,{data}" alt="{text(picture.alt)}" '
        f'style="width:{picture.width:.2f}in">\n<figcaption>{text(picture.caption)}</figcaption>\n'
        f"<details><summary>What the figure shows, in words</summary>{long}</details></figure>"
    )


def _items(items: Items) -> str:
    tag = "ol" if items.numbered else "ul"
    anchors = items.anchors or ("",) * len(items.rows)
    marks = [f' id="{text(anchor)}"' if anchor else "" for anchor in anchors]
    rows = "\n".join(f"<li{mark}>{_inline(row)}</li>" for row, mark in zip(items.rows, marks, strict=True))
    return f"<{tag}>\n{rows}\n</{tag}>"


def _inline(words: Inline) -> str:
    return text(words) if isinstance(words, str) else "".join(_part(part) for part in words)


def _part(part: str | Link) -> str:
    if isinstance(part, str):
        return text(part)
    if part.to.startswith("#"):
        return f'<a href="{text(part.to)}">{text(part.words)}</a>'
    address = http_url(part.to)
    return (
        f'<a href="{text(address)}" rel="noopener noreferrer">{text(part.words)}</a>' if address else text(part.words)
    )
