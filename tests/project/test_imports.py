"""Modules import one way: no circle, and in the order that docs/design.md gives."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def module_of(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(nodes: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield every import, those inside functions too; none that only type checkers see."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif "TYPE_CHECKING" not in ast.dump(getattr(node, "test", node) if isinstance(node, ast.If) else ast.Pass()):
            for part in ("body", "orelse", "handlers", "finalbody"):
                yield from imported(getattr(node, part, []))


def imports(root: Path, package: str) -> dict[str, set[str]]:
    """Return, for each module of a package, the modules of that package which it imports, wherever."""
    paths = {module_of(path, root): path for path in sorted((root / package).rglob("*.py"))}
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        wanted = set()
        for node in imported(ast.parse(path.read_text(encoding="utf-8")).body):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
                continue
            parents = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
            base = parents[: len(parents) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{start}.{alias.name}"
                wanted.add(inner if inner in paths else start)
        found[name] = (wanted & paths.keys()) - {name}
    return found


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


GEO = imports(ROOT, "geo")


def test_no_modules_import_one_another_in_a_circle():
    assert len(GEO) > 100
    assert "geo.errors" in GEO["geo.days"] | GEO["geo.write"]
    assert circle(GEO) == []


def test_modules_import_in_the_order_of_the_design():
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    lines = text.partition("in the order of this list.")[2].strip("\n").partition("\n\n")[0].splitlines()
    words = [re.split(r" {3,}", line.strip())[0].split() for line in lines]
    line_of = {word.rstrip("/"): number for number, row in enumerate(words) for word in row}
    # The package itself imports at first use, by name; __main__ starts the command line.
    parts = {name: name.split(".")[1] for name in GEO if name not in ("geo", "geo.__main__")}
    assert set(line_of) == set(parts.values())
    backward = [
        f"{name} imports {other}, which comes later"
        for name, others in GEO.items()
        for other in others
        if name in parts and other in parts and line_of[parts[other]] > line_of[parts[name]]
    ]
    assert backward == []
    assert GEO["geo"] == set()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("from pack import two", "import pack.one", True),
        ("from . import two", "from .one import x", True),
        ("try:\n    import pack.two\nexcept ImportError:\n    pass", "class A:\n    import pack.one", True),
        ("from pack import two", "def later():\n    import pack.one", True),
        ("from pack import two", "if TYPE_CHECKING:\n    import pack.one", False),
        ("import two", "import pack.one", False),
    ],
)
def test_a_circle_would_be_seen(tmp_path, one, other, found):
    (tmp_path / "pack").mkdir()
    for name, text in (("__init__", ""), ("one", one), ("two", other)):
        (tmp_path / "pack" / f"{name}.py").write_text(text, encoding="utf-8")
    assert bool(circle(imports(tmp_path, "pack"))) == found
