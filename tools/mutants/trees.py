"""What may be changed in the tree of a Python module: each change makes one mutant.

- thresholds: a number of a named constant, a comparison, ``min``, ``max`` or ``range``, or the count of a regular
  expression, one less and one more in its last digit;
- comparisons: ``<`` for ``<=``, ``>`` for ``>=``, and back; neither of what is ``REMEMBERED``, which no result shows;
- conditions: an operand of ``and`` or ``or`` or a ``not`` left out, ``and`` for ``or`` and back, an ``if`` never taken,
  a condition of a comprehension always met;
- lists: a word, a character, an entry or an alternative of a regular expression left out;
- order: neighbours swapped in a chain of ``or`` that gives a value, but for two groups of a match or nothing; in a
  sequence of functions or forms that no set, ``any`` or ``all`` takes or goes through; or in a run of ``if`` statements
  that return and of which both may be met.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

_COUNT = re.compile(r"\{(?P<low>\d+)(?:,(?P<high>\d*))?\}")
_CHOICE = re.compile(r"\((?:\?(?::|[a-z]+:|P<\w+>|<?[=!]))?(?P<words>[\w ]+(?:\|[\w ]+)+)\)")
_BOUNDS: dict[type[ast.cmpop], ast.cmpop] = {ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt()}
_OPPOSITES: dict[type[ast.cmpop], ast.cmpop] = {
    ast.NotEq: ast.Eq(),
    ast.NotIn: ast.In(),
    ast.IsNot: ast.Is(),
    ast.GtE: ast.Lt(),
    ast.LtE: ast.Gt(),
}
_YES_NO = re.compile(r"_*(?:is|are|has|have|may|can|isinstance|any|all|bool)(?:_|$)")
_LIMITING = frozenset(["min", "max", "range"])
_KEPT = "REMEMBERED"
_UNORDERED = frozenset(["all", "any", "frozenset", "set", "sorted", "sum"])
_OF_CHARACTERS = frozenset(["frozenset", "set", "tuple", "strip", "lstrip", "rstrip"])

Collection = ast.Tuple | ast.List | ast.Set


class Change(NamedTuple):
    """The node changed, what stands there instead, and the node around it that a reader is shown."""

    kind: str
    old: ast.AST
    new: ast.AST
    shown: ast.AST


class Tree:
    """A module's nodes in the order of the text, and what each stands in.

    Annotations, docstrings and what stands in the braces of an f-string are left out.
    """

    def __init__(self, module: ast.Module) -> None:
        self.nodes: list[ast.AST] = []
        self.parents: dict[ast.AST, tuple[ast.AST, str]] = {}
        self._walk(module)

    def _walk(self, node: ast.AST) -> None:
        self.nodes.append(node)
        for field, value in ast.iter_fields(node) if not isinstance(node, ast.JoinedStr) else ():
            for child in value if isinstance(value, list) else [value]:
                is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
                if isinstance(child, ast.AST) and field not in ("annotation", "returns") and not is_docstring:
                    self.parents[child] = node, field
                    self._walk(child)

    def around(self, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
        """Yield each node that a node stands in, from the inside, with the field that leads there."""
        while node in self.parents:
            yield self.parents[node]
            node = self.parents[node][0]

    def is_constant(self, node: ast.AST) -> bool:
        """Tell whether a statement gives a module its constants."""
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or not isinstance(self.parents[node][0], ast.Module):
            return False
        names = [found.id for found in ast.walk(_target(node)) if isinstance(found, ast.Name)]
        return bool(names) and all(name.isupper() for name in names)

    def in_constant(self, node: ast.AST) -> bool:
        """Tell whether a node is part of a module's constant."""
        return any(self.is_constant(one) for one, _ in self.around(node))

    def constants(self, node: ast.AST, *, is_in: bool) -> set[object]:
        """Return the constants that a node is, or that stand in it or in the module's constant that it names."""
        if isinstance(node, ast.Name):
            made = (one for one in self.nodes if self.is_constant(one) and _name(_target(one)) == node.id)
            node = getattr(next(made, None), "value", node)
        if isinstance(node, ast.Call) and _name(node) == "frozenset" and len(node.args) == 1:
            node = node.args[0]
        if isinstance(node, ast.Constant) and is_in:  # In "abc" the characters are looked for.
            return set()
        words = node.elts if isinstance(node, Collection) else [node]
        values = [word.value for word in words if isinstance(word, ast.Constant)]
        return set(values) if len(values) == len(words) else set()

    def changes(self) -> Iterator[Change]:
        """Yield every change within a statement."""
        for node in self.nodes:
            yield from _strings(node)
            for finder in _FINDERS.get(type(node), ()):
                yield from finder(self, node)

    def swaps(self) -> Iterator[tuple[ast.If, ast.If]]:
        """Yield neighbours in a run of ``if`` statements that return, of which the first that is met counts."""
        for block in (getattr(node, field, None) for node in self.nodes for field in ("body", "orelse")):
            for one, other in pairwise(block) if isinstance(block, list) else ():
                if _returns(one) and _returns(other) and _differ(self, one, other):
                    yield one, other


def _target(node: ast.AST) -> ast.AST:
    return node.targets[0] if isinstance(node, ast.Assign) else node.target  # type: ignore[attr-defined]


def _name(node: ast.AST) -> str:
    """The last part of the name of what is called or read."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _bounds_memory(node: ast.AST) -> bool:
    """Tell whether a node names or limits what is remembered, which changes how long things take and no result."""
    return any(isinstance(part, ast.Name) and _KEPT in part.id for part in ast.walk(node))


def _word(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _returns(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], ast.Return)


def _differ(tree: Tree, one: ast.If, other: ast.If) -> bool:
    """Tell whether two statements may give something else when swapped: their bodies differ, and both may be asked."""
    asked = [_values(tree, statement.test) for statement in (one, other)]
    is_either = any(asked[0][left].isdisjoint(asked[1][left]) for left in asked[0].keys() & asked[1].keys())
    return not is_either and [*map(ast.dump, one.body)] != [*map(ast.dump, other.body)]


def _values(tree: Tree, test: ast.expr) -> dict[str, set[object]]:
    """What each part of a condition asks, by what it asks about: the constants that it must be one of, or yes or no."""
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    found: dict[str, set[object]] = {}
    for part in parts:
        is_not = isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)
        asked = part.operand if isinstance(part, ast.UnaryOp) and is_not else part
        if isinstance(asked, ast.Compare) and len(asked.ops) == 1:
            about, is_yes = _positive(asked)
            found[ast.dump(about)] = {is_yes is not is_not}
            if isinstance(about.ops[0], (ast.Eq, ast.In)) and is_yes and not is_not:
                words = tree.constants(about.comparators[0], is_in=isinstance(about.ops[0], ast.In))
                found |= {ast.dump(about.left): words} if words else {}
        else:
            found[ast.dump(asked)] = {not is_not}
    return found


def _positive(compared: ast.Compare) -> tuple[ast.Compare, bool]:
    """A comparison by the operator that it or its opposite has, and whether it is the one that has it."""
    operator = compared.ops[0]
    opposite = _OPPOSITES.get(type(operator))
    return (
        (compared, True) if opposite is None else (ast.Compare(compared.left, [opposite], compared.comparators), False)
    )


def _without_each(parts: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    return ([*parts[:at], *parts[at + 1 :]] for at in range(len(parts)))


def _swapped(parts: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    return ([*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]] for at in range(len(parts) - 1))


def _strings(node: ast.AST) -> Iterator[Change]:
    """The counts and alternatives of a regular expression; of an f-string those that no brace cuts."""
    for kind, others in (("thresholds", _other_counts), ("lists", _other_choices)):
        if isinstance(node, ast.Constant):
            yield from (Change(kind, node, ast.Constant(text), node) for text in others(_word(node) or ""))
        for part in node.values if isinstance(node, ast.JoinedStr) else ():
            for text in others(_word(part) or ""):
                values = [ast.Constant(text) if one is part else one for one in node.values]  # type: ignore[attr-defined]
                yield Change(kind, node, ast.JoinedStr(values), node)


def _other_counts(text: str) -> Iterator[str]:
    for found in _COUNT.finditer(text):
        low, high = int(found["low"]), int(found["high"] or 0) or None
        for name, value in (("low", low), ("high", high)):
            for changed in (value - 1, value + 1) if value is not None else ():
                least, most = (changed, high) if name == "low" else (low, changed)
                if least >= 0 and (most is None or 0 < most >= least):
                    yield text[: found.start(name)] + str(changed) + text[found.end(name) :]


def _other_choices(text: str) -> Iterator[str]:
    for found in _CHOICE.finditer(text):
        start, end = found.span("words")
        words = found["words"].split("|")
        for at in range(len(words)):
            yield text[:start] + "|".join(words[:at] + words[at + 1 :]) + text[end:]


def _numbers(tree: Tree, node: ast.Constant) -> Iterator[Change]:
    if type(node.value) not in (int, float):
        return
    value, limit = Decimal(str(node.value)), _limit(tree, node)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    for changed in (value - step, value + step) if limit and not _bounds_memory(limit) else ():
        number = ast.Constant(int(changed) if isinstance(node.value, int) else float(changed))
        yield Change("thresholds", node, number, limit or node)


def _limit(tree: Tree, node: ast.Constant) -> ast.AST | None:
    """The comparison, call or constant that a number limits; an index, or one word further, is no threshold."""
    is_direct = True
    for parent, field in tree.around(node):
        if isinstance(parent, ast.Subscript) and field == "slice":
            return None
        is_limit = isinstance(parent, ast.Compare) or (isinstance(parent, ast.Call) and _name(parent) in _LIMITING)
        if (is_direct and is_limit) or tree.is_constant(parent):
            return parent
        is_direct = is_direct and isinstance(parent, (ast.BinOp, ast.UnaryOp)) and node.value not in (0, 1)
    return None


def _comparisons(_: Tree, node: ast.Compare) -> Iterator[Change]:
    for at, operator in enumerate(node.ops):
        if type(operator) in _BOUNDS and not _bounds_memory(node):
            ops = [*node.ops[:at], _BOUNDS[type(operator)], *node.ops[at + 1 :]]
            yield Change("comparisons", node, ast.Compare(node.left, ops, node.comparators), node)


def _operands(_: Tree, node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield Change("conditions", node, ast.BoolOp(other, node.values), node)
    for values in _without_each(node.values):
        yield Change("conditions", node, ast.BoolOp(node.op, values) if len(values) > 1 else values[0], node)


def _negations(_: Tree, node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield Change("conditions", node, node.operand, node)


def _tests(_: Tree, node: ast.If) -> Iterator[Change]:
    if not isinstance(node.test, ast.BoolOp) and _name(node.test) != "TYPE_CHECKING":
        yield Change("conditions", node.test, ast.Constant(False), node.test)


def _filters(_: Tree, node: ast.comprehension) -> Iterator[Change]:
    for test in node.ifs:
        if not isinstance(test, ast.BoolOp):
            yield Change("conditions", test, ast.Constant(True), test)


def _words(tree: Tree, node: Collection) -> Iterator[Change]:
    words = list(map(_word, node.elts))
    if None not in words and 1 < len(words) == len(set(words)) and _is_list(*tree.parents[node]):
        shown = next((one for one, _ in tree.around(node) if tree.is_constant(one)), node)
        for kept in _without_each(node.elts):
            new = ast.Set(kept) if isinstance(node, ast.Set) else type(node)(kept, ast.Load())
            yield Change("lists", node, new, shown)


def _is_list(parent: ast.AST, field: str) -> bool:
    """Tell whether a collection of words is a list of equals; one that is a record, an index or unpacked is none."""
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        return isinstance(_target(parent), ast.Name) and not _name(_target(parent)).startswith("__")
    if isinstance(parent, ast.Compare):
        return all(isinstance(operator, (ast.In, ast.NotIn)) for operator in parent.ops)
    return field != "slice" and not isinstance(parent, (ast.Return, ast.Yield, ast.IfExp, Collection))


def _entries(tree: Tree, node: ast.Dict) -> Iterator[Change]:
    if len(node.keys) > 1 and all(isinstance(key, ast.Constant) for key in node.keys) and tree.in_constant(node):
        for at in range(len(node.keys)):
            left = ast.Dict(node.keys[:at] + node.keys[at + 1 :], node.values[:at] + node.values[at + 1 :])
            yield Change("lists", node, left, node)


def _characters(tree: Tree, node: ast.Constant) -> Iterator[Change]:
    """Strings that are read character by character."""
    text, (parent, field) = _word(node) or "", tree.parents[node]
    is_argument = isinstance(parent, ast.Call) and field == "args" and _name(parent) in _OF_CHARACTERS
    is_searched = (
        isinstance(parent, ast.Compare) and field == "comparators" and isinstance(parent.ops[0], (ast.In, ast.NotIn))
    )
    if (is_argument or is_searched) and 1 < len(text) == len(set(text)):
        for at in range(len(text)):
            yield Change("lists", node, ast.Constant(text[:at] + text[at + 1 :]), parent)


def _chains(tree: Tree, node: ast.BoolOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Or) and not any(map(_is_yes_no, node.values)) and _gives_a_value(tree, node):
        for values, pair in zip(_swapped(node.values), pairwise(node.values), strict=True):
            if not (_is_nothing(pair[1]) or all(map(_is_group, pair))):
                yield Change("order", node, ast.BoolOp(node.op, values), node)


def _is_nothing(node: ast.AST) -> bool:
    """Tell whether a chain ends with a constant that is as false as what it stands for."""
    return isinstance(node, ast.Constant) and not node.value


def _is_group(node: ast.AST) -> bool:
    """Tell whether a value is a named group of a match: of several, one is met at most, and in any order."""
    if isinstance(node, ast.Call) and _name(node) == "get" and isinstance(node.func, ast.Attribute):
        return isinstance(node.func.value, ast.Name) and [_word(one) is not None for one in node.args] == [True]
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and _word(node.slice) is not None


def _is_yes_no(node: ast.AST) -> bool:
    if isinstance(node, ast.BoolOp):
        return _is_yes_no(node.values[-1])
    is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return is_not or isinstance(node, ast.Compare) or bool(_YES_NO.match(_name(node)))


def _gives_a_value(tree: Tree, node: ast.BoolOp) -> bool:
    """Tell whether a chain gives the first of several values, so that their order matters, and no yes or no."""
    for parent, field in tree.around(node):
        if field == "test" or isinstance(parent, (ast.BoolOp, ast.UnaryOp, ast.comprehension)):
            return False
        if isinstance(parent, ast.Assign) and _YES_NO.match(_name(parent.targets[0])):
            return False
        if isinstance(parent, ast.FunctionDef):
            return not (parent.returns and _name(parent.returns) == "bool")
    return True


def _sequences(tree: Tree, node: ast.Tuple | ast.List) -> Iterator[Change]:
    """Functions or forms in an order that may matter: in a constant, or gone through in a loop."""
    parts = [part.value if isinstance(part, ast.Starred) else part for part in node.elts]
    parent, field = tree.parents[node]
    is_loop = isinstance(parent, (ast.For, ast.comprehension)) and field == "iter" and not _commutes(tree, parent)
    is_named = isinstance(parent, (ast.Assign, ast.AnnAssign)) and isinstance(_target(parent), ast.Name)
    is_kept = isinstance(parent, ast.Dict) or (isinstance(parent, ast.Call) and _name(parent) not in _UNORDERED)
    is_part = is_kept and tree.in_constant(node)
    is_data = any(isinstance(part, (ast.Constant, Collection)) for part in parts)
    is_ordered = is_named and tree.is_constant(parent) and not _is_only_asked(tree, _name(_target(parent)))
    if not is_data and (is_loop or is_part or is_ordered):
        for elements in _swapped(node.elts):
            yield Change("order", node, type(node)(elements, ast.Load()), node)


def _is_only_asked(tree: Tree, name: str) -> bool:
    """Tell whether a module's own constant is gone through for ``any``, ``all`` or a set, and used nowhere else."""
    used = [one for one in tree.nodes if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load)]
    loops = [tree.parents[one][0] for one in used]
    return name.startswith("_") and all(isinstance(one, ast.comprehension) and _commutes(tree, one) for one in loops)


def _commutes(tree: Tree, loop: ast.AST) -> bool:
    """Tell whether what a loop gives is the same in any order: a set, keys of one value, or whether all are so."""
    found = tree.parents[loop][0]
    caller = tree.parents[found][0]
    if isinstance(found, ast.DictComp) and isinstance(loop, ast.comprehension):
        return ast.unparse(loop.target) not in {_name(node) for node in ast.walk(found.value)}
    return isinstance(found, ast.SetComp) or (isinstance(caller, ast.Call) and _name(caller) in _UNORDERED)


_FINDERS: dict[type[ast.AST], tuple[Callable[[Tree, Any], Iterator[Change]], ...]] = {
    ast.Constant: (_numbers, _characters),
    ast.Compare: (_comparisons,),
    ast.BoolOp: (_operands, _chains),
    ast.UnaryOp: (_negations,),
    ast.If: (_tests,),
    ast.comprehension: (_filters,),
    ast.Tuple: (_words, _sequences),
    ast.List: (_words, _sequences),
    ast.Set: (_words,),
    ast.Dict: (_entries,),
}
