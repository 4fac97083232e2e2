"""Read the texts and answer keys of MUC-4."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SLOT = re.compile(r"^(\d+)\.\s+([A-Z: ]+?)\s{2,}(.*)$")
_HEAD = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b", re.MULTILINE)


@dataclass
class Fill:
    """A filler: the ways it may be said, the ways its cross-reference may, and whether it may be left out."""

    options: list[str]
    references: list[str] = field(default_factory=list)
    optional: bool = False


@dataclass
class Template:
    """An incident by slot number; a slot without a filler is absent."""

    message: str
    slots: dict[int, list[Fill]] = field(default_factory=dict)
    optional: bool = False


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and text of each message of a folder."""
    for path in sorted(folder.iterdir()):
        if "muc" in path.name and not path.name.startswith("key") and "header" not in path.name:
            content = path.read_text(encoding="latin-1")
            heads = list(_HEAD.finditer(content))
            for head, following in zip(heads, [*heads[1:], None], strict=True):
                text = content[head.start() : following.start() if following else None]
                yield head[1], text.split("\n", 1)[1]


def keys(folder: Path) -> dict[str, list[Template]]:
    """Return the templates of each message; a message without incidents has none."""
    found: dict[str, list[Template]] = {}
    for path in sorted(folder.glob("key*")):
        for block in re.split(r"\n(?=0\.\s+MESSAGE: ID)", path.read_text(encoding="latin-1")):
            if template := _template(block):
                found.setdefault(template.message, [])
                if template.slots.get(4):
                    found[template.message].append(template)
    return found


def _template(block: str) -> Template | None:
    raw: dict[int, list[str]] = {}
    number = -1
    for line in block.splitlines():
        if line.lstrip().startswith(";"):
            continue
        if match := _SLOT.match(line):
            number = int(match[1])
            raw[number] = [match[3].strip()]
        elif number >= 0 and line.strip():
            raw[number].append(line.strip())
    head = _HEAD.search(raw[0][0]) if 0 in raw else None
    if head is None:
        return None
    template = Template(head[1], optional="OPTIONAL" in " ".join(raw.get(1, [])))
    for slot, lines in raw.items():
        if slot >= 2:
            fills = [fill for line in _joined(lines) if (fill := _fill(line)) is not None]
            if fills:
                template.slots[slot] = fills
    return template


def _joined(lines: list[str]) -> list[str]:
    """Join a filler that goes on in the next line after a slash."""
    found: list[str] = []
    for line in lines:
        if found and (found[-1].endswith(("/", ":")) or line.startswith("/")):
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def _fill(line: str) -> Fill | None:
    text = line.strip()
    optional = text.startswith("?")
    text = text.lstrip("? ").strip()
    if text in ("*", "-", ""):
        return None
    options: list[str] = []
    references: list[str] = []
    for option in re.split(r"\s+/\s+", text):
        value, _, reference = option.partition(': "')
        quoted = option.startswith('"')
        options.append((option.partition('": "')[0] if quoted else value).strip().strip('"'))
        if quoted and '": "' in option:
            references.append(option.partition('": "')[2].strip('"'))
        elif reference:
            references.append(reference.strip('"'))
    return Fill(options, references, optional)
