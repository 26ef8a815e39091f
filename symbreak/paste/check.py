"""Write the box that says which units of a trained notebook are still the same unit."""

from symbreak import checks
from symbreak.paste.boxes import NOTEBOOKS

HEAD = """\
# Which hidden units are the same unit? For {notebook}.
# Work in a copy of the notebook, or delete this cell before you submit.
import numpy as np

"""
ONE_UNIT = '''\
names = "logistic_regression_model", "d"  # newer and older notebooks
found = [globals()[name] for name in names if name in globals()]
if not found:
    raise NameError("First run {trains}.")


def check_symmetry(result):
    """Print w and b of the one unit there is."""
    w, b = result["w"], result["b"]
    print("w", w.shape, "from %.5f to %.5f," % (w.min(), w.max()), "b %.5f" % b)
    if not w.any():
        print("-> w is zero: nothing was learned, or nothing was run.")
    else:
        print("-> One unit: there is no other it could be tied to.")


check_symmetry(found[0])
'''
HIDDEN_UNITS = '''\
if "parameters" not in globals():
    raise NameError("First run {trains}.")


def copied(units, i):
    """Say which earlier unit has the numbers of unit i, to 1 in 10,000."""
    for j in range(i):
{tie}
    return ""


def check_symmetry(parameters):
    """Print each unit: row of W, bias, outgoing weights (at most 3)."""
    if isinstance(parameters, tuple):  # (parameters, costs)
        parameters = parameters[0]
    text = lambda x: "".join(" %8.4f" % number for number in x[:3])
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        V = parameters["W" + str(l + 1)].T  # a row for each unit, as in W
        blocks = np.hstack([W, b]), V
        units = np.hstack([x / (np.abs(x).max() or 1) for x in blocks])
        copies = [copied(units, i) for i in range(len(units))]
        print("layer %d: W" % l, W.shape, "b", b.shape)
        for i, copy in enumerate(copies):
            rows = text(W[i]), text(b[i]), text(V[i])
            print("%2d row%s  bias%s  out%s " % ((i + 1,) + rows), copy)
        n, different = len(copies), copies.count("")
        says = "the rest are copies" if different < n else "no two are tied"
        if not W.any():
            says = "rows zero, so the layer is the same for every sample"
        if not np.isfinite(units).all():
            says = "numbers not finite, so nothing can be compared"
        print("-> %d units, %d different: %s." % (n, different, says))
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    print("layer %d: W" % L, W.shape, "row", text(W[0]), "bias", text(b[0]))


check_symmetry(parameters)
'''
TIES = {
    "tanh": """\
        for sign, name in ((1, "= unit"), (-1, "= minus unit")):  # tanh is odd
            if np.abs(units[i] - sign * units[j]).max() < 1e-4:
                return "%s %d" % (name, j + 1)""",
    "relu": """\
        a, c = np.abs(units[i]).max() or 1, np.abs(units[j]).max() or 1
        if np.abs(units[i] / a - units[j] / c).max() < 1e-4:
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
    Two units are copies if row, bias and outgoing weights are equal; for tanh, also if all three
    are opposite; for ReLU, also if all three are multiples by one positive number. Rows with biases
    and outgoing weights are each measured by their largest number, and may differ by 1e-4 of it.

    Examples
    --------
    >>> from symbreak.paste import start
    >>> names = {"parameters": start("planar", "constant", (2, 3, 1))}
    >>> exec(check_box("planar"), names)  # doctest: +NORMALIZE_WHITESPACE
    layer 1: W (3, 2) b (3, 1)
     1 row   0.0100   0.0100  bias   0.0000  out   0.0100
     2 row   0.0100   0.0100  bias   0.0000  out   0.0100  = unit 1
     3 row   0.0100   0.0100  bias   0.0000  out   0.0100  = unit 1
    -> 3 units, 1 different: the rest are copies.
    layer 2: W (1, 3) row   0.0100   0.0100   0.0100 bias   0.0000
    """
    host = checks.known("notebook", notebook, NOTEBOOKS)
    text = HEAD + (ONE_UNIT if host.signature == "dim" else HIDDEN_UNITS)
    for field, value in (
        ("{notebook}", host.title),
        ("{trains}", host.trains),
        ("{tie}", TIES.get(host.activation, "")),
    ):
        text = text.replace(field, value)
    return text
