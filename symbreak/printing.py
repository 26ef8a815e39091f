"""Print matrices in the layout of the course, with digits that do not depend on the machine.

The number of decimals is fixed, small numbers are never written as 1e-07, and zero has no sign.
"""

import numpy as np

from symbreak import checks


def format_matrix(A, decimals=4):
    """Write an array as text.

    Parameters
    ----------
    A : array_like
        A number, a vector, a matrix or a stack of matrices.
    decimals : int, default 4
        Digits after the point, at most 100; integers are written without any.

    Returns
    -------
    str
        The array in brackets, its columns aligned.

    Examples
    --------
    >>> print(format_matrix([[1, -0.00001], [-3e-18, 12.5]]))
    [[ 1.0000  0.0000]
     [ 0.0000 12.5000]]
    """
    decimals = checks.integer("decimals", decimals, 0, 100)
    A = checks.rectangular("A", A)
    if A.dtype.kind not in "fiub":
        raise TypeError(f"format_matrix needs real numbers, got dtype {A.dtype}")
    A = A.astype(float) if A.dtype.kind == "f" else A  # longdouble holds no Python floats
    cells = np.array([_cell(entry, decimals) for entry in A.ravel().tolist()], dtype=object)
    width = max(map(len, cells), default=0)
    return _brackets(cells.reshape(A.shape), width, depth=0)


def show(arrays=None, decimals=4, **named):
    """Print arrays, each under its name.

    Parameters
    ----------
    arrays : dict, optional
        Names and arrays, such as parameters or grads.
    decimals : int, default 4
        Digits after the point.
    **named : array_like
        More arrays, by keyword.

    Examples
    --------
    >>> show({"W1": [[0.01, 0.01], [0.01, 0.01]], "b1": [[0], [0]]}, decimals=2)
    W1 = [[0.01 0.01]
          [0.01 0.01]]
    b1 = [[0]
          [0]]
    >>> show(cost=0.693147)
    cost = 0.6931
    """
    if arrays is not None and not hasattr(arrays, "items"):
        raise TypeError(
            f"show needs names: show({{'W1': W1}}) or show(W1=W1), got {type(arrays).__name__}"
        )
    for name, array in {**(arrays or {}), **named}.items():
        text = format_matrix(array, decimals)
        print(f"{name} = " + text.replace("\n", "\n" + " " * len(f"{name} = ")))


def show_table(columns, rows):
    """Print a Markdown table.

    Parameters
    ----------
    columns : list of str
        The name of each column.
    rows : iterable of sequences
        One sequence per row, as long as `columns`. A cell is text or an integer; a float is
        written by the caller, who knows its digits: ``f"{cost:.3f}"``.

    Examples
    --------
    >>> show_table(["start", "units", "cost"], [("zeros", 1, "0.6931"), ("random", 4, "0.2117")])
    | start | units | cost |
    |---|---|---|
    | zeros | 1 | 0.6931 |
    | random | 4 | 0.2117 |
    """
    columns = checks.collection("columns", columns)
    lines = []
    for cells in (columns, *rows):
        cells = checks.collection("row", cells)
        if len(cells) != len(columns):
            raise ValueError(f"this table needs {len(columns)} cells in a row, got {cells}")
        for cell in cells:
            if isinstance(cell, (float, np.floating)):
                raise TypeError(f'a float needs its digits, such as f"{{x:.3f}}", got {cell!r}')
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    print(lines[0], "|---" * len(columns) + "|", *lines[1:], sep="\n")


def _cell(entry, decimals):
    if not isinstance(entry, float):
        return str(int(entry))
    text = f"{entry:.{decimals}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def _brackets(cells, width, depth):
    if cells.ndim == 0:
        return cells.item().rjust(width)
    if cells.ndim == 1:
        return "[" + " ".join(cell.rjust(width) for cell in cells) + "]"
    between = "\n" * (cells.ndim - 1) + " " * (depth + 1)
    return "[" + between.join(_brackets(part, width, depth + 1) for part in cells) + "]"
