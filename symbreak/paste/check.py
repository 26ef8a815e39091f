"""Write the box that says which units of a trained notebook are still the same unit."""

from symbreak import checks
from symbreak.paste.boxes import NOTEBOOKS

HEAD = """\
# {question} For {title}.
# Work in a copy of the notebook, or delete this cell before you submit.
import numpy as np

if not {found}:
    raise NameError("First run {trains}.")
"""
FOUND_ONE = "{{results}} & set(globals())"
FOUND_ALL = '{"parameters", "{X}", "{Y}"} <= set(globals())'
ONE_UNIT = '''\


def check_weights(name, X, Y):
    """Print w and b of the one unit there is, and what they achieve."""
    again = " Run {trains}, then this cell."
    result = globals()[name]
    if not isinstance(result, dict) or not {"w", "b"} <= set(result):
        raise ValueError(name + " is not what model returns." + again)
    w, b = np.array(result["w"], float), np.array(result["b"], float)
    if w.shape != (len(X), 1) or b.size != 1:
        text = "%s has w %s and b %s, but {X} has %d rows."
        raise ValueError(text % (name, w.shape, b.shape, len(X)) + again)
    numbers = name, w.shape, w.min(), w.max(), b.sum()
    print("%s: w %s from %.5f to %.5f, b %.5f" % numbers)
    with np.errstate(all="ignore"):
        A = 1 / (1 + np.exp(-w.T.dot(X) - b))
        cost = -np.log(np.where(Y == 1, A, 1 - A)).mean()
    right = 100 * ((A > 0.5) == (Y == 1)).mean(), Y.size
    print("on {X}: cost %.4f," % cost, "right for %.1f%% of %d" % right)
    if not w.any():
        print("-> w is zero: nothing was learned, or nothing was run.")
    else:
        print("-> One unit has no copies: there is no symmetry to break.")


name = max({{results}} & set(globals()))
check_weights(name, {X}, {Y})
'''
HIDDEN_UNITS = '''\


def layers_of(parameters, X):
    """Return (W, b) of each layer, or say why they are not what was trained."""
    again = " Run {trains}, then this cell."
    if isinstance(parameters, tuple):  # (parameters, costs)
        parameters = parameters[0]
    if not isinstance(parameters, dict):
        kind = type(parameters).__name__
        raise ValueError("parameters is a %s, no dictionary." % kind + again)
    L = len(parameters) // 2
    names = [name + str(l) for l in range(1, L + 1) for name in "Wb"]
    if L < 2 or set(names) != set(parameters):
        found = ", ".join(sorted(map(str, parameters))) or "nothing"
        text = "parameters has %s, not W1, b1, W2, b2."
        raise ValueError(text % found + again)
    arrays = [np.array(parameters[name], float) for name in names]
    shapes = ["%s %s" % (name, x.shape) for name, x in zip(names, arrays)]
    print("parameters:", ", ".join(shapes))
    layers, n_prev = list(zip(arrays[::2], arrays[1::2])), len(X)
    for W, b in layers:
        if W.ndim != 2 or W.shape[1] != n_prev or b.shape != (len(W), 1):
            text = "{X} has %d rows: an earlier cell left this network."
            raise ValueError(text % len(X) + again)
        n_prev = len(b)
    return layers


def copied(blocks, i):
    """Say which earlier unit has the numbers of unit i, to 1 in 10,000."""
    room = [1e-4 * np.abs(x[i]).max() for x in blocks]
    for j in range(i):
{tie}
    return ""


def check_symmetry(layers, X, Y):
    """Print cost and share of right answers, then each hidden unit."""

    def text(x):
        more = " ..." if len(x) > 3 else ""
        return "".join(" %8.4f" % number for number in x[:3]) + more

    A, (V, c) = X, layers[-1]
    with np.errstate(all="ignore"):
        for W, b in layers[:-1]:
            A = {hidden}
        A = 1 / (1 + np.exp(-V.dot(A) - c))
        cost = -np.log(np.where(Y == 1, A, 1 - A)).mean()
    right = 100 * ((A > 0.5) == (Y == 1)).mean(), Y.size
    print("on {X}: cost %.4f," % cost, "right for %.1f%% of %d" % right)
    print("   (compare with the last cost that the training printed)")
{untrained}    for l in range(1, len(layers)):
        (W, b), V = layers[l - 1], layers[l][0].T  # V: a row for each unit
        blocks = [x * (np.abs(x) > 1e-15) for x in (np.hstack([W, b]), V)]
        copies = [copied(blocks, i) for i in range(len(W))]
        print("layer %d" % l)
        for i, copy in enumerate(copies):
            rows = text(W[i]), text(b[i]), text(V[i])
            print("%2d row%s  bias%s  out%s " % ((i + 1,) + rows), copy)
        n, different = len(copies), copies.count("")
        says = "the rest are copies" if different < n else "no two are the same"
        if not W.any():
            says = "all rows are zero, so no unit looks at its input"
        says = "-> %d units, %d different: %s." % (n, different, says)
        if not np.isfinite(np.hstack(blocks)).all():
            says = "-> Not all numbers are finite, so nothing can be compared."
        print(says)
    V = layers[-1][0]
    print("layer %d\\n   row%s  bias%s" % (len(layers), text(V[0]), text(c[0])))


check_symmetry(layers_of(parameters, {X}), {X}, {Y})
'''
# Where zeros need a box, the notebook's own start ends far below 0.6.
UNTRAINED = """\
    if cost > 0.6 and {hook}.__name__ == "{hook}":
        print("-> The notebook's own start goes lower. Another cell left this:")
        print("   run {trains}.")
"""
HIDDEN = {"tanh": "np.tanh(W.dot(A) + b)", "relu": "np.maximum(0, W.dot(A) + b)"}
TIES = {
    "tanh": """\
        for k, name in ((1, "= unit"), (-1, "= minus unit")):  # tanh is odd
            off = [np.abs(x[i] - k * x[j]).max() for x in blocks]
            if np.less_equal(off, room).all():
                return "%s %d" % (name, j + 1)""",
    "relu": """\
        a, c = [max(np.abs(x[u]).max() for x in blocks) or 1 for u in (i, j)]
        off = [np.abs(x[i] - a / c * x[j]).max() for x in blocks]
        if np.less_equal(off, room).all():
            return "= %.2f * unit %d" % (a / c, j + 1)  # k relu(z) = relu(k z)""",
}


def check_box(notebook):
    """Return the text that prints each unit of a notebook's result, and which are copies.

    Parameters
    ----------
    notebook : str
        Key in `NOTEBOOKS`.

    Returns
    -------
    str
        Python source.

    Notes
    -----
    It prints the shapes of what it read, and what that achieves on the data of the notebook. It
    refuses a result that cannot be that of the training: an earlier cell of the notebook left it.

    Two units are copies if row, bias and outgoing weights are equal; for tanh, also if all three
    are opposite; for ReLU, also if all three are multiples by one positive number. The rule is that
    of `symbreak.symmetry.agreement`, in text that needs numpy only, with rtol = 1e-4.

    Examples
    --------
    >>> from symbreak import datasets
    >>> from symbreak.paste import start
    >>> X, Y = datasets.flower()
    >>> names = {"parameters": start("planar", "constant", (2, 3, 1)), "X": X, "Y": Y}
    >>> names["initialize_parameters"] = start
    >>> exec(check_box("planar"), names)  # doctest: +NORMALIZE_WHITESPACE
    parameters: W1 (3, 2), b1 (3, 1), W2 (1, 3), b2 (1, 1)
    on X: cost 0.6932, right for 33.0% of 400
       (compare with the last cost that the training printed)
    layer 1
     1 row   0.0100   0.0100  bias   0.0000  out   0.0100
     2 row   0.0100   0.0100  bias   0.0000  out   0.0100  = unit 1
     3 row   0.0100   0.0100  bias   0.0000  out   0.0100  = unit 1
    -> 3 units, 1 different: the rest are copies.
    layer 2
       row   0.0100   0.0100   0.0100  bias   0.0000
    """
    host = checks.known("notebook", notebook, NOTEBOOKS)
    alone = host.signature == "dim"
    question = "What has the one unit learned?" if alone else "Which hidden units are the same?"
    text = HEAD + (ONE_UNIT if alone else HIDDEN_UNITS)
    for field, value in {
        "{question}": question,
        "{found}": FOUND_ONE if alone else FOUND_ALL,
        "{untrained}": UNTRAINED if "zeros" in host.experiments else "",
        "{tie}": TIES.get(host.activation, ""),
        "{hidden}": HIDDEN.get(host.activation, ""),
        "{title}": host.title,
        "{trains}": host.trains,
        "{hook}": host.short_hook or host.hook,
        "{results}": ", ".join(f'"{name}"' for name in host.results),
        "{X}": host.data[0],
        "{Y}": host.data[1],
    }.items():
        text = text.replace(field, value)
    return text
