"""Write the box that starts a notebook's training from another start."""

import contextlib
import io
from dataclasses import dataclass

from symbreak import checks

# What fills a matrix (n, n_prev).
ARRAYS = {
    "zeros": "np.zeros(({n}, {n_prev}))",
    "constant": "np.full(({n}, {n_prev}), {value})",
    "times": "np.full(({n}, {n_prev}), {value} * {layer})",
    "random": "random.randn({n}, {n_prev}) * {value}",
    "linspace": "np.linspace(-{value}, {value}, {n} * {n_prev}).reshape({n}, {n_prev})",
}
# Some layers: the condition in a loop over them, and which they are if there are two.
WHERE = {
    "first": ("layer == 1", (1,)),
    "later": ("layer > 1", (2,)),
    "hidden": ("layer < len(layer_dims) - 1", (1,)),
}


@dataclass(frozen=True)
class Experiment:
    """Say what fills the weights and biases of a start.

    Parameters
    ----------
    title : str
        What the start is, for the first line of the box.
    weights : {"zeros", "constant", "times", "random", "linspace"}
        The weights.
    where : {"first", "later", "hidden"}, optional
        The layers with these weights, if not all; "hidden" is all but the last.
    elsewhere : str, optional
        The weights of the other layers, as for `weights`.
    biases : str, default "zeros"
        The biases of all layers, as for `weights`.

    Examples
    --------
    >>> kind = EXPERIMENTS["w1-zero"]
    >>> kind.weights, kind.where, kind.elsewhere
    ('random', 'later', 'zeros')
    """

    title: str
    weights: str
    where: str = ""
    elsewhere: str = ""
    biases: str = "zeros"


@dataclass(frozen=True)
class Notebook:
    """Say what a notebook calls, and what its boxes hold.

    Parameters
    ----------
    title : str
        The notebook, as a reader knows it.
    signature : {"dim", "n_x, n_h, n_y", "layer_dims"}
        The parameters of the function that makes the start.
    hook : str
        Its name, which the training looks up.
    run_first : str
        The cell that defines it, for the message of a box that is run too early.
    trains : str
        The cell that trains, for the messages of the boxes and of the check.
    results : tuple of str
        The variables that may hold what it has trained.
    data : tuple of str
        The variables with the samples and labels it trains on.
    activation : str
        Of the hidden layers.
    value : float
        The size of the numbers in the boxes.
    constant : float
        Their size in the boxes that hold constants alone.
    seed : int
        The seed of the random ones.
    experiments : tuple of str
        Keys of `EXPERIMENTS`: the boxes there are.
    short_hook : str, default ""
        Name of a second function, with the signature "n_x, n_h, n_y", where there is one.

    Examples
    --------
    >>> NOTEBOOKS["planar"].hook
    'initialize_parameters'
    """

    title: str
    signature: str
    hook: str
    run_first: str
    trains: str
    results: tuple
    data: tuple
    activation: str
    value: float
    constant: float
    seed: int
    experiments: tuple
    short_hook: str = ""


EXPERIMENTS = {
    "zeros": Experiment("all zero", "zeros"),
    "constant": Experiment("all weights {value}, biases zero", "constant"),
    "constant-times-layer": Experiment("weights {value} times the layer", "times"),
    "random": Experiment("random weights, bias zero", "random"),
    "random-biases": Experiment("weights zero, biases random", "zeros", biases="random"),
    "w1-zero": Experiment("W1 zero, later weights random", "random", "later", "zeros"),
    "last-w-zero": Experiment("last W zero, other weights random", "random", "hidden", "zeros"),
    "linspace": Experiment("W1 evenly spaced, the rest equal", "linspace", "first", "constant"),
}
HIDDEN_LAYERS = ("constant", "constant-times-layer", "random-biases", "w1-zero", "last-w-zero")
NOTEBOOKS = {
    "planar": Notebook(
        title="Course 1, Week 3",
        signature="n_x, n_h, n_y",
        hook="initialize_parameters",
        run_first="the cell of initialize_parameters",
        trains="the cell that calls nn_model",
        results=("parameters",),
        data=("X", "Y"),
        activation="tanh",
        value=0.01,
        constant=0.01,
        seed=2,
        experiments=("zeros", *HIDDEN_LAYERS, "linspace"),
    ),
    "logistic": Notebook(
        title="Course 1, Week 2",
        signature="dim",
        hook="initialize_with_zeros",
        run_first="the cell of initialize_with_zeros",
        trains="the cell that calls model",
        results=("logistic_regression_model", "d"),  # newer and older notebooks
        data=("train_set_x", "train_set_y"),
        activation="none",
        value=0.001,
        constant=0.001,
        seed=1,
        experiments=("constant", "random"),
    ),
    "application": Notebook(
        title="Course 1, Week 4, Application",
        signature="layer_dims",
        hook="initialize_parameters_deep",
        short_hook="initialize_parameters",
        run_first="the cell with the imports",
        trains="the cell that trains for 2500 iterations",
        results=("parameters",),
        data=("train_x", "train_y"),
        activation="relu",
        value=0.01,
        constant=0.001,  # with 0.01 predictions become exactly 1, and the notebook's costs nan
        seed=1,
        experiments=("zeros", *HIDDEN_LAYERS, "linspace"),
    ),
    "initialization": Notebook(
        title="Course 2, Week 1",
        signature="layer_dims",
        hook="initialize_parameters_zeros",
        run_first="the cell of initialize_parameters_zeros",
        trains="the cell that calls model",
        results=("parameters",),
        data=("train_X", "train_Y"),
        activation="relu",
        value=0.3,
        constant=0.3,
        seed=3,
        experiments=HIDDEN_LAYERS,
    ),
}

# The function says that it was called: without the last line but one, which puts it in the place of
# the notebook's own, the training does not start from it. The result of an earlier training is
# removed, so that no cell can read it by mistake.
BOX = """\
# Start: {title}. For {notebook}.
# Work in a copy of the notebook, or delete this cell before you submit.
import numpy as np

if "{hook}" not in globals():
    raise NameError("First run {run_first}.")
{forget}


def {name}({signature}):
    print("Start of the box: {title}")
    {body}


{hooks}
print("The box is in place. Now run {trains}.")
"""
FORGET = 'globals().pop("{result}", None)  # an earlier result'
BODIES = {
    "dim": """\
    return {W1}, 0.0
""",
    "n_x, n_h, n_y": """\
    return {{
        "W1": {W1},
        "b1": {b1},
        "W2": {W2},
        "b2": {b2},
    }}
""",
    "layer_dims": """\
    parameters = {{}}
    for layer, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:]), 1):
        W = {W}{exception}
        parameters["W" + str(layer)] = W
        parameters["b" + str(layer)] = {b}
    return parameters
""",
}


def box(notebook, experiment):
    """Return the text that makes a notebook train from another start.

    Parameters
    ----------
    notebook : str
        Key in `NOTEBOOKS`.
    experiment : str
        Key in `EXPERIMENTS`; which of them a notebook has is in its `experiments`.

    Returns
    -------
    str
        Python source.

    Raises
    ------
    ValueError
        If there is no such notebook, or it has no such box.

    Examples
    --------
    >>> print("\\n".join(box("planar", "zeros").splitlines()[4:8]))
    if "initialize_parameters" not in globals():
        raise NameError("First run the cell of initialize_parameters.")
    globals().pop("parameters", None)  # an earlier result
    <BLANKLINE>
    >>> print("\\n".join(box("logistic", "constant").splitlines()[10:]))
    def initialize_constant(dim):
        print("Start of the box: all weights 0.001, bias zero")
        return np.full((dim, 1), 0.001), 0.0
    <BLANKLINE>
    <BLANKLINE>
    initialize_with_zeros = initialize_constant
    print("The box is in place. Now run the cell that calls model.")
    """
    host = checks.known("notebook", notebook, NOTEBOOKS)
    checks.known(f"experiment of {notebook}", experiment, dict.fromkeys(host.experiments))
    kind = EXPERIMENTS[experiment]
    name = f"initialize_{experiment.replace('-', '_')}"
    return BOX.format(
        title=_title(host, kind),
        notebook=host.title,
        hook=host.hook,
        run_first=host.run_first,
        trains=host.trains,
        forget="\n".join(FORGET.format(result=result) for result in host.results),
        name=name,
        signature=host.signature,
        body=_body(host, kind).strip(),
        hooks="\n".join(_hooks(host, name)),
    )


def start(notebook, experiment, sizes):
    """Execute a box and call what it defines.

    Parameters
    ----------
    notebook : str
        Key in `NOTEBOOKS`.
    experiment : str
        Key in `EXPERIMENTS`.
    sizes : sequence of int
        The layer sizes (n_0, n_1, ..., n_L): three for "planar"; for logistic regression (n_x, 1).

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL; for logistic regression w and b.

    Examples
    --------
    >>> start("planar", "constant-times-layer", (2, 2, 1))["W2"].tolist()
    [[0.02, 0.02]]
    """
    text, host = box(notebook, experiment), NOTEBOOKS[notebook]
    sizes, layers = checks.layer_dims(sizes), {"dim": 1, "n_x, n_h, n_y": 2}.get(host.signature)
    if layers and len(sizes) != layers + 1:
        raise ValueError(f"sizes of {notebook} needs {layers + 1} entries, got {sizes}")
    names = {host.hook: None}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(text, names)
        if host.signature == "dim":
            return dict(zip(("w", "b"), names[host.hook](sizes[0])))
        return names[host.hook](*([sizes] if host.signature == "layer_dims" else sizes))


def _title(host, kind):
    title = kind.title.format(value=_value(host, kind))
    return title.replace("biases", "bias") if host.signature == "dim" else title


def _value(host, kind):
    return host.constant if kind.weights in ("constant", "times") else host.value


def _hooks(host, name):
    if host.short_hook:
        yield f"{host.short_hook} = lambda *sizes: {name}(sizes)"
    yield f"{host.hook} = {name}"


def _body(host, kind):
    value = _value(host, kind)

    def array(key, n, n_prev, layer="layer"):
        return ARRAYS[key].format(n=n, n_prev=n_prev, layer=layer, value=value)

    condition, layers = WHERE.get(kind.where, ("", (1, 2)))
    other = kind.elsewhere or kind.weights
    fields = {"exception": ""}
    if host.signature == "dim":
        fields["W1"] = array(kind.weights, "dim", 1)
    elif host.signature == "layer_dims":
        fields["W"], fields["b"] = array(other, "n", "n_prev"), array(kind.biases, "n", 1)
        if condition:
            W = array(kind.weights, "n", "n_prev")
            fields["exception"] = f"\n        if {condition}:\n            W = {W}"
    else:
        for layer, (n, n_prev) in enumerate((("n_h", "n_x"), ("n_y", "n_h")), 1):
            fields[f"W{layer}"] = array(
                kind.weights if layer in layers else other, n, n_prev, layer
            )
            fields[f"b{layer}"] = array(kind.biases, n, 1, layer)
    body = BODIES[host.signature].format(**fields)
    seed = f"    random = np.random.RandomState({host.seed})\n"
    return seed + body if "random." in body else body
