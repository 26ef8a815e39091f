"""Read the weights of a network of PyTorch, Keras or scikit-learn.

No framework is imported: an object is recognized by what it has.
"""

import math
import re

import numpy as np

from symbreak import checks

LAYOUTS = ("out_in", "in_out")
# fc1.weight goes with fc1.bias, dense/kernel:0 with dense/bias:0, W1 with b1.
WEIGHT = re.compile(r"((?:.*[./])?)(weight|kernel|W|w)(\d*(?::0)?)")
BIAS = {"weight": "bias", "kernel": "bias", "W": "b", "w": "b"}
COURSE = 'parameters_from({"W1": W1, "b1": b1, "W2": W2, "b2": b2})'


def parameters_from(model, layout=None):
    """Read the parameters of a network that was made elsewhere.

    Parameters
    ----------
    model : object
        A PyTorch module or its ``state_dict()``; a Keras model or its ``get_weights()``; a fitted
        estimator of scikit-learn with ``coefs_`` or ``coef_``; or a dictionary: W1, b1, ..., WL,
        bL, or w, b of logistic regression, where other keys are ignored, or names that go together
        as fc1.weight and fc1.bias do. NaN and infinity are allowed.
    layout : {"out_in", "in_out"}, optional
        Whether each weight is (units, inputs) or (inputs, units). By default the object says it,
        or the shapes do.

    Returns
    -------
    dict
        W1 of shape (n_1, n_0), b1 of shape (n_1, 1), ..., WL, bL: copies in float64. A layer
        without a bias gets b = 0.

    Raises
    ------
    TypeError
        If the object is none of these.
    ValueError
        If it holds something else than linear layers, such as a convolution or a batch norm; if
        the layers do not fit together; if their shapes fit both layouts and the object does not
        say which.

    Notes
    -----
    PyTorch says "out_in", Keras and ``coefs_`` say "in_out". A dictionary or a list says nothing,
    unless the biases are columns (n, 1), as in the course: "out_in". The shapes decide if they fit
    one layout only: a layer has as many biases as units, and these are the inputs of the next.

    Weights show neither the activations, nor layers without weights, nor whether the network
    applies its layers one after the other in this order.

    Examples
    --------
    >>> kernel, bias = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [0.1, 0.2, 0.3]
    >>> parameters = parameters_from([kernel, bias])  # a list such as get_weights() of Keras
    >>> parameters["W1"].tolist(), parameters["b1"].tolist()
    ([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]], [[0.1], [0.2], [0.3]])
    >>> list(parameters_from({"fc1.weight": np.ones((4, 2)), "fc2.weight": np.ones((1, 4))}))
    ['W1', 'b1', 'W2', 'b2']
    """
    if layout is not None:
        checks.known("layout", layout, dict.fromkeys(LAYOUTS))
    named, said, part = _read(model)
    if not named:
        raise ValueError(
            "model must have the weights of at least one layer, got "
            f"{type(model).__name__} without any; {COURSE}"
        )
    layers = _layers(named, part)
    ways = [layout or said] if layout or said else LAYOUTS
    fitting = [way for way in ways if _fit(layers, way)]
    if not fitting:
        read = f", read as {ways[0]!r}" if len(ways) == 1 else ""
        mend = f"pass them in order: {COURSE}"
        if layout:
            mend = "leave layout out: parameters_from(model)"
        raise ValueError(
            "each layer must have as many biases as units, and as many inputs as the layer before "
            f"it has units, got {_listed(named)}{read}; {mend}"
        )
    columns = all(b is not None and tuple(b.shape[1:]) == (1,) for _, b in layers)
    if len(fitting) == 2 and not columns and any(tuple(W.shape) != (1, 1) for W, _ in layers):
        raise ValueError(
            "layout must be given where the shapes fit both (units, inputs) and (inputs, units), "
            f"got {_listed(named)}; parameters_from(model, layout='out_in') for (units, inputs), "
            "as in PyTorch, layout='in_out' for (inputs, units), as in Keras"
        )
    parameters = {}
    for l, (W, b) in enumerate(layers, 1):
        W = _float64(f"W{l}", W)
        W = W if fitting[0] == "out_in" else W.T.copy()
        b = np.zeros(len(W)) if b is None else _float64(f"b{l}", b)
        parameters |= {f"W{l}": W, f"b{l}": b.reshape(-1, 1)}
    return parameters


def _read(model):
    """Return [(name, array), ...], the layout that is said, and the line that passes a part."""
    if hasattr(model, "get_weights"):  # asked first: on PyTorch, a Keras model is a module too
        names = [getattr(variable, "path", variable.name) for variable in model.weights]
        if not names:
            raise ValueError(
                f"a Keras model must be built before it has weights, got {type(model).__name__} "
                "without any; model.build((None, n_x))"
            )
        part = "parameters_from(keras.Sequential(model.layers[-2:]))"
        return list(zip(names, model.get_weights())), "in_out", part
    if hasattr(model, "state_dict"):
        named, said, _ = _read_names(model.state_dict())
        # The weight of an embedding has the shape of a linear one; its name shall not match.
        embeddings = {
            f"{name}.weight".lstrip(".")
            for name, module in model.named_modules()
            if "Embedding" in type(module).__name__
        }
        named = [(f"{k} of Embedding" if k in embeddings else k, tensor) for k, tensor in named]
        return named, said, "parameters_from(model.classifier)"
    if hasattr(model, "coefs_"):
        return _read_list([model.coefs_, model.intercepts_])
    if hasattr(model, "coef_"):
        W = np.atleast_2d(model.coef_)
        return [("W1", W), ("b1", np.broadcast_to(model.intercept_, len(W)))], "out_in", None
    if hasattr(model, "fit"):
        raise ValueError(
            f"an estimator must be fitted and have coefs_ or coef_, got {type(model).__name__} "
            "without; model.fit(X.T, Y[0]) fits it, model[-1] is the last step of a pipeline"
        )
    if hasattr(model, "keys"):
        return _read_names(model)
    scalar = not hasattr(model, "__iter__") or getattr(model, "shape", None) == ()
    if scalar or isinstance(model, (str, bytes)):
        raise TypeError(
            "model must be a PyTorch module or its state_dict(), a Keras model or its "
            "get_weights(), a fitted scikit-learn estimator or a dictionary, got "
            f"{type(model).__name__}; {COURSE}"
        )
    return _read_list(list(model))


def _read_names(arrays):
    """Read a dictionary: of one with W1, or with w and b, these alone, and tensors."""
    nested = [name for name, value in arrays.items() if hasattr(value, "keys")]
    if nested:
        raise ValueError(
            f"a dictionary must map names to arrays, got a dictionary under {nested[0]!r}; "
            f"parameters_from(model[{nested[0]!r}])"
        )
    keys, part = ".*", '{k: W for k, W in model.items() if k.startswith("classifier.")}'
    if "W1" in arrays:  # of several runs, a weight has three axes
        keys, part = r"[Wb]\d+", "{k: array[r] for k, array in model.items()}"
    elif "w" in arrays and "b" in arrays:
        keys, part = "[wb]", '{"w": w.reshape(-1, 1), "b": b}'
    named = [
        (str(name), value if hasattr(value, "shape") else checks.rectangular(name, value))
        for name, value in arrays.items()
        if hasattr(value, "detach") or re.fullmatch(keys, str(name), re.DOTALL)
    ]
    if "W1" in arrays:  # in any order, but without a gap
        L = sum(bool(re.fullmatch(r"W\d+", name)) for name, _ in named)
        order = [f"{letter}{l}" for l in range(1, L + 1) for letter in "Wb"]
        if not set(order[::2]) <= set(arrays):
            raise ValueError(
                f"weights must be numbered from W1 without a gap, got {_listed(named)}; {COURSE}"
            )
        named.sort(key=lambda entry: order.index(entry[0]) if entry[0] in order else len(order))
    torch = any(name.endswith("weight") and hasattr(value, "detach") for name, value in named)
    return named, "out_in" if torch else None, f"parameters_from({part})"


def _read_list(arrays):
    """Read weights (2-d), each followed by its bias (1-d), or alone; or (coefs_, intercepts_)."""
    if len(arrays) == 2 and all(
        isinstance(part, list) and hasattr(part[0], "shape") for part in arrays
    ):
        return _read_list([array for pair in zip(*arrays) for array in pair])[0], "in_out", None
    arrays = [
        array if hasattr(array, "shape") else checks.rectangular(f"model[{i}]", array)
        for i, array in enumerate(arrays)
    ]
    dims = [len(array.shape) for array in arrays]
    step = 1 if set(dims) == {2} else 2  # a list with some of the biases may be a recurrent net
    if dims != [2, 1][:step] * (len(dims) // step):
        named = [(f"[{i}]", array) for i, array in enumerate(arrays)]
        raise ValueError(
            "a list must hold weights (2-d), each followed by its bias (1-d), or weights alone, "
            f"got {_listed(named)}; pass the linear layers alone: parameters_from(model[-4:])"
        )
    named = [(f"{'Wb'[i % step]}{i // step + 1}", array) for i, array in enumerate(arrays)]
    return named, None, None


def _layers(named, part):
    """Return [(W, b or None), ...], and insist that nothing else is there."""
    layers, read = [], set()
    for i, (name, W) in enumerate(named):
        bias = _bias_of(name)
        if not bias or len(W.shape) != 2:
            continue
        beside = [j for j in (i + 1, i - 1) if 0 <= j < len(named) and j not in read]
        found = [j for j in beside if named[j][0] == bias and _is_vector(named[j][1])]
        layers.append((W, named[found[0]][1] if found else None))
        read |= {i, *found[:1]}
    others = [entry for i, entry in enumerate(named) if i not in read]
    if others:
        raise ValueError(
            "only linear layers can be read: weights (2-d), and next to each its bias, named as "
            "fc1.weight and fc1.bias, dense/kernel and dense/bias or W1 and b1; got also "
            f"{_listed(others)}; pass the linear layers alone: {part or COURSE}"
        )
    return layers


def _bias_of(name):
    """Return the name of the bias that goes with a weight; None if this is no weight."""
    match = WEIGHT.fullmatch(name)
    if match and "embed" not in name.lower():
        return match[1] + BIAS[match[2]] + match[3]


def _is_vector(b):
    return len(b.shape) <= 2 and math.prod(b.shape) == max(b.shape, default=1)


def _fit(layers, layout):
    """Tell whether all shapes fit together if the weights have this layout."""
    outputs = None
    for W, b in layers:
        n, inputs = W.shape if layout == "out_in" else W.shape[::-1]
        if outputs not in (None, inputs) or (b is not None and max(b.shape, default=1) != n):
            return False
        outputs = n
    return True


def _listed(named, most=8):
    listed = [f"{name} {tuple(array.shape)}" for name, array in named[:most]]
    more = [f"{len(named) - most} more"] * (len(named) > most)
    return ", ".join(listed + more) or "no arrays"


def _float64(name, array):
    """Return a copy in float64, also of a tensor on another device or in bfloat16."""
    if hasattr(array, "detach"):
        array = array.detach().cpu().double().numpy()  # numpy has no bfloat16 of its own
    array = np.asarray(array)
    if "float" in array.dtype.name:  # bfloat16 of JAX and Keras too
        array = array.astype(np.float64)
    return np.array(checks.any_array(name, array), np.float64, order="C")
