"""The small changes of a source that `mutate.py` tries."""

import ast
from collections.abc import Iterator

SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.MatMult: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
DELETED = (ast.Raise, ast.AugAssign, ast.Continue, ast.Break)


def changes(source: str) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield line, function, old and new words, and the changed source of every mutant."""
    lines = source.encode().splitlines(keepends=True)
    for node, where, new in _visit(ast.parse(source), "module"):
        start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
        end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
        whole = b"".join(lines)
        text = (whole[:start] + new.encode() + whole[end:]).decode()
        old, new = (_short(words) for words in (ast.unparse(node), new))
        yield node.lineno, where, old, new, text


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:40]} ... {words[-15:]}"


def _visit(node: ast.AST, where: str) -> Iterator[tuple[ast.AST, str, str]]:
    for name, child in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for part in child if isinstance(child, list) else [child]:
            if not isinstance(part, ast.AST) or isinstance(part, ast.JoinedStr) or _is_main(part):
                continue
            named = isinstance(part, (ast.FunctionDef, ast.ClassDef))
            inside = part.name if named else where
            yield from ((part, where, new) for new in _mutations(part, where))
            yield from _visit(part, inside)


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


def _mutations(node: ast.AST, where: str) -> Iterator[str]:
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(ops=[op]) | ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op):
            if type(op) in SWAPS:
                yield _with(node, SWAPS[type(op)]())
        case ast.Compare(ops=[first, *others]):  # 0 < x < 1
            yield ast.unparse(ast.Compare(node.left, [SWAPS[type(first)](), *others],
                                          node.comparators))  # fmt: skip
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value)):
            yield str(value + 1)
        case ast.Constant(value=float(value)):
            yield str(2 * value or 1.0)
        case ast.Return(value=value) if value is not None:
            yield "return None"
    text = isinstance(node, ast.Expr) and isinstance(node.value, (ast.Constant, ast.Yield))
    placed = isinstance(node, ast.Assign) and not isinstance(node.targets[0], (ast.Name, ast.Tuple))
    chosen = isinstance(node, ast.If) and not node.orelse
    if where != "module" and (
        isinstance(node, DELETED) or placed or chosen or (isinstance(node, ast.Expr) and not text)
    ):
        yield "pass"


def _with(node: ast.AST, op: ast.AST) -> str:
    fields = dict(ast.iter_fields(node))
    return ast.unparse(type(node)(**fields | ({"ops": [op]} if "ops" in fields else {"op": op})))
