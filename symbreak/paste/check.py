"""Write the box that says which units of a trained notebook are still the same unit."""

import tomllib
from importlib import resources

from symbreak import checks
from symbreak.paste.boxes import NOTEBOOKS

TEXTS = tomllib.loads(
    resources.files(__package__).joinpath("check.toml").read_text(encoding="utf-8")
)


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
    box = TEXTS["one_unit" if host.signature == "dim" else "hidden_units"]
    text = TEXTS["head"] + "\n\n" + box["text"]
    for field, value in {
        "{question}": box["question"],
        "{found}": box["found"],
        "{untrained}": TEXTS["untrained"] if "zeros" in host.experiments else "",
        "{tie}": TEXTS[host.activation]["tie"],
        "{hidden}": TEXTS[host.activation]["hidden"],
        "{title}": host.title,
        "{trains}": host.trains,
        "{hook}": host.short_hook or host.hook,
        "{results}": ", ".join(f'"{name}"' for name in host.results),
        "{X}": host.data[0],
        "{Y}": host.data[1],
    }.items():
        text = text.replace(field, value)
    return text
