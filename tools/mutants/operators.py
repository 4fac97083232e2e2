"""List the mutants of a module: one small change of its source each, found in the syntax tree.

Left alone: docstrings, annotations, f-strings, ``raise`` and ``assert`` statements, ``__all__``, what stands under
``TYPE_CHECKING``, and lines that end in ``# no-mutate: reason``.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}
# What may stand anywhere an expression stands without parentheses of its own.
ATOMS = (ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.Subscript)
OPT_OUT = re.compile(r"#\s*no-mutate\b(?P<reason>:\s*\S.*)?")

BODIES = ("body", "orelse", "finalbody")


@dataclass(frozen=True, order=True)
class Mutant:
    """One changed place.

    Attributes
    ----------
    path, line, column
        Where the change starts; the path as it was given.
    before, after
        The changed text, and what replaces it.
    lines
        Line numbers that run when the changed place does.
    names
        For a change outside any function: the names that the changed statement assigns.
    at_import
        Whether the changed place runs when the module is imported, and no test of its own runs it.
    source
        The whole changed module.
    """

    path: str
    line: int
    column: int
    before: str
    after: str
    lines: tuple[int, ...]
    names: tuple[str, ...]
    at_import: bool
    source: str


def find_mutants(path: str, source: str) -> list[Mutant]:
    """List every mutant of a module, in the order of its lines."""
    exempt = exempt_lines(path, source)
    found = sorted(_Walk(path, source).statements(ast.parse(source).body, ()))
    unique = {mutant.source: mutant for mutant in found if mutant.line not in exempt}
    return list(unique.values())


def exempt_lines(path: str, source: str) -> set[int]:
    """Find the lines that opt out; raise ValueError where one gives no reason."""
    lines = set()
    for number, line in enumerate(source.splitlines(), 1):
        if match := OPT_OUT.search(line):
            if not match["reason"]:
                raise ValueError(f"{path}:{number}: give the reason, as in '# no-mutate: both orders are equal'")
            lines.add(number)
    return lines


def module_files(target: str) -> list[Path]:
    """List the modules of a package, or the one module of that name."""
    path = Path(target)
    if path.is_dir():
        return sorted(path.rglob("*.py"))
    for file in (path, path.with_name(path.name + ".py")):
        if file.is_file():
            return [file]
    raise FileNotFoundError(f"{target} is neither a package nor a module")


class _Walk:
    """A walk through one module that knows which lines run with the node it is at."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.source = source.encode()
        self.starts = [0]
        for line in self.source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def statements(self, body: list[ast.stmt], scope: tuple[int, ...]) -> Iterator[Mutant]:
        """Go through statements; ``scope`` has the lines of the function around them, none outside functions."""
        for index, statement in enumerate(body):
            docstring = index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if not docstring:
                yield from self.statement(statement, scope)

    def statement(self, node: ast.stmt, scope: tuple[int, ...]) -> Iterator[Mutant]:
        """Make the mutants of one statement and of all in it."""
        targets = _assigned(node)
        if _is_skipped(node, targets):
            return
        self.names = () if scope else targets
        self.at_import = not scope
        self.lines = _header(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self.lines = tuple(range(node.body[0].lineno, (node.end_lineno or 0) + 1))
            yield from self.expressions([*node.args.defaults, *filter(None, node.args.kw_defaults)])
            yield from self.statements(node.body, self.lines)
            return
        yield from self.statement_changes(node)
        handlers = getattr(node, "handlers", []) + getattr(node, "cases", [])
        fields = [node.value] if isinstance(node, ast.AnnAssign) else []
        if not isinstance(node, ast.AnnAssign | ast.ClassDef):
            fields = [value for name, value in ast.iter_fields(node) if name not in (*BODIES, "handlers")]
        yield from self.expressions(fields)
        for part in [node, *handlers]:
            for field in BODIES:
                if isinstance(inner := getattr(part, field, None), list):
                    yield from self.statements(inner, scope)

    def statement_changes(self, node: ast.stmt) -> Iterator[Mutant]:
        """Make the mutants of one statement, without its expressions."""
        if isinstance(node, ast.Break):
            yield self.change(node, "continue")
        elif isinstance(node, ast.Continue):
            yield self.change(node, "break")
        elif isinstance(node, ast.Return) and node.value is not None and not _is_constant(node.value):
            yield self.change(node.value, "None")
        elif isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC and not _is_text(node.value):
            after = ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)
            yield self.change(node, ast.unparse(after))
        if isinstance(node, ast.If):
            yield from self.forced(node.test)

    def expressions(self, fields: list[object]) -> Iterator[Mutant]:
        for field in fields:
            for node in field if isinstance(field, list) else [field]:
                if isinstance(node, ast.expr | ast.comprehension | ast.keyword | ast.withitem):
                    yield from self.expression(node)

    def expression(self, node: ast.AST) -> Iterator[Mutant]:
        if isinstance(node, ast.JoinedStr):
            return  # Python 3.11 does not say where in the line their parts stand.
        yield from self.changes(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("cast", "TypeVar"):
            return
        skipped = {"annotation"} if isinstance(node, ast.arg) else set()
        children = [child for name, child in ast.iter_fields(node) if name not in skipped]
        yield from self.expressions([*(node.args.defaults if isinstance(node, ast.Lambda) else ()), *children])

    def changes(self, node: ast.AST) -> Iterator[Mutant]:  # noqa: C901 - a flat list of operators
        """Make the mutants of one expression, without its parts."""
        match node:
            case ast.Compare(left, ops, comparators):
                for index, op in enumerate(ops):
                    flipped = [*ops[:index], COMPARE[type(op)](), *ops[index + 1 :]]
                    yield self.change(node, ast.unparse(ast.Compare(left, flipped, comparators)))
                yield from self.compared_texts([left, *comparators])
            case ast.BinOp(left, op, right) if type(op) in ARITHMETIC:
                if not any(_is_text(side) or _is_constant(side, type(None)) for side in (left, right)):
                    yield self.change(node, ast.unparse(ast.BinOp(left, ARITHMETIC[type(op)](), right)))
            case ast.BoolOp(op, values):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield self.change(node, ast.unparse(ast.BoolOp(other, values)))
            case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
                yield self.change(node, ast.unparse(operand))
            case ast.IfExp(test=test):
                yield from self.forced(test)
            case ast.comprehension(ifs=ifs):
                for test in ifs:
                    yield from self.forced(test)
            case ast.Constant(bool() as value):
                yield self.change(node, str(not value))
            case ast.Constant(int() as value):
                yield self.change(node, str(value + 1))
            case ast.Constant(float() as value):
                yield self.change(node, repr(float(f"{value * 1.1:.6g}") if value else 1.0))
            case ast.Call(func, args, keywords):
                for index, keyword in enumerate(keywords):
                    if keyword.arg and isinstance(keyword.value, ast.Constant):
                        rest = [*keywords[:index], *keywords[index + 1 :]]
                        yield self.change(node, ast.unparse(ast.Call(func, args, rest)))

    def compared_texts(self, sides: list[ast.expr]) -> Iterator[Mutant]:
        for side in sides:
            for node in side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]:
                if _is_constant(node, str):
                    yield self.change(node, repr(ast.literal_eval(node) + "*"))

    def forced(self, test: ast.expr) -> Iterator[Mutant]:
        if not _is_constant(test):
            yield self.change(test, "True")
            yield self.change(test, "False")

    def change(self, node: ast.expr | ast.stmt, after: str) -> Mutant:
        """Replace the text of a node; lines after it keep their number if the node stood on one."""
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        atom = isinstance(node, ast.stmt) or isinstance(ast.parse(after, mode="eval").body, ATOMS)
        text = after if atom else f"({after})"
        source = (self.source[:start] + text.encode() + self.source[end:]).decode()
        before = self.source[start:end].decode()
        place = (self.path, node.lineno, node.col_offset, before, after)
        return Mutant(*place, self.lines, self.names, self.at_import, source)


def _is_constant(node: ast.AST, kind: type = object) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, kind)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or _is_constant(node, str)


def _assigned(node: ast.stmt) -> tuple[str, ...]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def _is_skipped(node: ast.stmt, targets: tuple[str, ...]) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom) or "__all__" in targets


def _header(node: ast.stmt) -> tuple[int, ...]:
    """List the lines of a statement, without those of the statements in it."""
    last = node.end_lineno or node.lineno
    if isinstance(body := getattr(node, "body", None), list) and body:
        last = max(node.lineno, body[0].lineno - 1)
    return tuple(range(node.lineno, last + 1))
