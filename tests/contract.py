"""How a call may end: in a result, or in an error that the package raises and that says why."""

import ast
import functools
import re
import traceback
from pathlib import Path

import numpy as np

import symbreak
from symbreak.history import DivergenceError

PACKAGE = str(Path(symbreak.__file__).parent)


def outcome(function, arguments):
    """Return the result, or None if the call was refused as it should be.

    An error must come from a `raise` statement of the package: a deepest frame that is another
    statement means that numpy or Python raised inside it. Warnings are errors in these tests.
    """
    try:
        return function(**arguments)
    except (ValueError, TypeError) as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        if not frame.filename.startswith(PACKAGE) or frame.lineno not in _raises(frame.filename):
            raise
        assert re.search(r"\bgot\b|, expected ", str(error)), f"no word of what came in: {error}"
    except DivergenceError:
        pass
    return None


@functools.cache
def _raises(filename):
    """Return the lines of the `raise` statements of a file."""
    tree = ast.parse(Path(filename).read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    return {line for node in found for line in range(node.lineno, node.end_lineno + 1)}


def plain(value, like):
    """Return an accepted value in the form that the documentation names."""
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: plain(entry, like.get(str(key))) for key, entry in value.items()}
    if isinstance(like, np.ndarray) and value is not None:
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            return value  # accepted because it is not looked at
        return np.array(array, dtype=array.dtype if array.dtype.kind == "f" else float, order="C")
    return value.item() if isinstance(value, np.generic) else value


def assert_same(a, b):
    """Compare two results of the same call, whatever they hold."""
    assert type(a) is type(b)
    if isinstance(a, dict):
        assert list(a) == list(b)
        for key in a:
            assert_same(a[key], b[key])
    elif isinstance(a, (list, tuple)):
        assert len(a) == len(b)
        for x, y in zip(a, b):
            assert_same(x, y)
    elif hasattr(a, "__dict__"):
        assert_same(vars(a), vars(b))
    elif isinstance(a, str):
        assert a == b
    else:
        np.testing.assert_allclose(a, b, rtol=1e-5)
