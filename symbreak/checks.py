"""Validate what comes in, once, at the public functions.

Every message states the rule and what was received. What passes is returned in the form the
mathematics uses: real arrays of floating point numbers, dictionaries in the order W1, b1, W2, ...
"""

import difflib
import math
from itertools import pairwise
from numbers import Integral, Real

import numpy as np

LARGEST = 10**8  # numbers in one array to be made: 0.8 GB
MODERATE = 1e100


def any_array(name, value):
    """Return an array of floating point numbers, NaN and infinity included.

    Half precision becomes float64: 1e-8 is 0 in it, and 1e5 infinity.
    """
    array = rectangular(name, value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}")
    return array if array.dtype.kind == "f" and array.itemsize > 2 else array.astype(np.float64)


def rectangular(name, value):
    """Return an array of whatever the rows hold."""
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} must be a rectangular array, got rows of unequal length"
        ) from None


def real_array(name, value):
    """Return an array of finite floating point numbers; integers become float64."""
    array = any_array(name, value)
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    if not np.isfinite(array).all():
        what = "NaN" if np.isnan(array).any() else "infinity"
        raise ValueError(f"{name} must be finite, got {what}")
    return array


def matrix(name, value, shape, symbols):
    """Return a real array whose last two axes are `shape`; None stands for any size."""
    array = real_array(name, value)
    if array.ndim >= 2 and _fits(array.shape[-2:], shape):
        return array
    sizes = ", ".join(
        symbol if size is None or symbol == str(size) else f"{symbol} = {size}"
        for symbol, size in zip(symbols, shape, strict=True)
    )
    message = f"{name} must have shape ({sizes}), got {array.shape}"
    if array.ndim == 2 and _fits(array.shape[::-1], shape):
        message += f"; {name}.T would fit"
    elif array.ndim == 1 and _fits((1, array.size), shape):
        message += f"; {name}.reshape(1, -1) would fit"
    elif array.ndim == 1 and _fits((array.size, 1), shape):
        message += f"; {name}.reshape(-1, 1) would fit"
    raise ValueError(message)


def _fits(shape, wanted):
    return all(size == want or want is None for size, want in zip(shape, wanted, strict=True))


def data(X, n_x=None):
    """Return X (n_x, m)."""
    X = matrix("X", X, (n_x, None), ("n_x", "m"))
    if X.ndim > 2:
        raise ValueError(f"X must have shape (n_x, m), got {X.shape}; all runs share one X")
    return X


def labels(Y, n_y, m, dtype=np.float64):
    """Return Y (n_y, m), its entries 0 or 1, as `dtype`."""
    Y = matrix("Y", Y, (n_y, m), ("n_y", "m"))
    if Y.ndim > 2:
        raise ValueError(f"Y must have shape (n_y, m), got {Y.shape}; all runs share one Y")
    others = np.unique(Y[(Y != 0) & (Y != 1)])
    if others.size:
        raise ValueError(f"Y must hold the labels 0 and 1, got {others[0]:g}")
    return Y.astype(dtype)


def moderate(name, array):
    """Insist on numbers whose squares can be added."""
    largest = float(np.abs(array).max())
    if largest > MODERATE:
        raise ValueError(f"{name} must hold numbers of size at most {MODERATE:g}, got {largest:g}")
    return array


def integer(name, value, minimum, maximum=None):
    """Return value as an int >= minimum, <= maximum if one is given."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    if value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value}")
    if maximum is not None and value > maximum:
        raise ValueError(f"{name} must be at most {maximum}, got {value}")
    return int(value)


def room(name, *sizes):
    """Insist that an array of these sizes is small enough to be made."""
    if math.prod(sizes) > LARGEST:
        raise ValueError(
            f"{name} must ask for arrays of at most {LARGEST:,} numbers, "
            f"got {' x '.join(map(str, sizes))}"
        )


def number(name, value, minimum=None):
    """Return value as a finite float, >= minimum if one is given."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    try:
        finite = math.isfinite(value)
    except OverflowError:  # an integer of more than 300 digits
        finite = False
    if not finite:
        raise ValueError(f"{name} must be a finite float, got {value}")
    if minimum is not None and value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value}")
    return float(value)


def moderate_number(name, value, minimum=None):
    """Return value as a float, >= minimum if one is given, whose square can be added."""
    return moderate(name, number(name, value, minimum))


def samples(m, minimum=1, n_x=1):
    """Return the number of samples as an int >= minimum, small enough for X (n_x, m)."""
    m = integer("m", m, minimum)
    room("m", n_x, m)
    return m


def random_state(seed):
    """Return a generator of its own for an integer seed; the global one is not touched."""
    return np.random.RandomState(integer("seed", seed, 0, 2**32 - 1))


def known(what, name, family):
    """Return family[name], or say which names there are."""
    message = f"{what} must be one of {', '.join(family)}, got {name!r}"
    if not isinstance(name, str):
        raise TypeError(message)
    if name in family:
        return family[name]
    lower = {other.lower(): other for other in family}
    for nearest in difflib.get_close_matches(name.lower(), lower, n=1):
        message += f"; did you mean {lower[nearest]!r}?"
    raise ValueError(message)


def collection(name, value):
    """Return the elements of a collection as a tuple."""
    try:
        elements = tuple(value)
    except TypeError:
        elements = None
    if elements is None or isinstance(value, (str, bytes, dict)):
        raise TypeError(f"{name} must be a collection, got {value!r}")
    return elements


def layer_dims(dims):
    """Return the sizes (n_0, n_1, ..., n_L) as a tuple of positive integers."""
    dims = collection("layer_dims", dims)
    dims = tuple(integer(f"layer_dims[{layer}]", size, 1) for layer, size in enumerate(dims))
    if len(dims) < 2:
        raise ValueError(f"layer_dims needs at least 2 entries, got {dims}")
    for n_prev, n in pairwise(dims):
        room("layer_dims", n, n_prev)
    return dims


def parameters(parameters):
    """Return the parameters W1, b1, ..., WL, bL in this order, every shape checked.

    Leading run axes must be the same for all of them. Arrays of several types become the widest.
    """
    keys = list(map(str, parameters)) if hasattr(parameters, "keys") else []
    L = max(1, *(sum(key.startswith(letter) for key in keys) for letter in "Wb"))
    names = [f"{letter}{layer}" for layer in range(1, L + 1) for letter in "Wb"]
    dictionary("parameters", parameters, names)

    checked, runs, n_prev = {}, None, None
    for layer in range(1, L + 1):
        W = real_array(f"W{layer}", parameters[f"W{layer}"])
        if W.ndim < 2:
            raise ValueError(f"W{layer} must have shape (n_{layer}, n_{layer - 1}), got {W.shape}")
        runs, n = W.shape[:-2] if runs is None else runs, W.shape[-2]
        b = real_array(f"b{layer}", parameters[f"b{layer}"])
        _expect(f"W{layer}", W, (*runs, n, n_prev or W.shape[-1]))
        _expect(f"b{layer}", b, (*runs, n, 1))
        checked |= {f"W{layer}": W, f"b{layer}": b}
        n_prev = n
    dtype = np.result_type(*checked.values())
    return {name: array.astype(dtype, copy=False) for name, array in checked.items()}


def one_run(given):
    """Return the parameters, checked, and insist that they carry no run axes."""
    checked = parameters(given)
    if checked["W1"].ndim > 2:
        raise ValueError(
            f"parameters must be those of one run, got W1 of shape {checked['W1'].shape}; "
            "pick a run r: {name: array[r] for name, array in parameters.items()}"
        )
    return checked


def layer(parameters, layer, *, hidden=False):
    """Return the number of a layer, 1 to L, or to L - 1 if it must be hidden."""
    L = len(parameters) // 2
    layer = integer("layer", layer, 1)
    last = L - 1 if hidden else L
    if layer > last:
        kind, which = "hidden layer" if hidden else "layer", f"1 to {last}" if last else "none here"
        raise ValueError(f"layer must be a {kind} ({which}), got {layer}")
    return layer


def _expect(name, array, shape):
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")


def dictionary(name, value, keys, *, others=False):
    """Insist on a dictionary with these keys, and with others only if they are allowed."""
    if not hasattr(value, "keys"):
        raise TypeError(
            f"{name} must be a dictionary with the keys {', '.join(keys)}, "
            f"got {type(value).__name__}"
        )
    for key in keys:
        if key not in value:
            raise ValueError(f"{name} lacks the key {key!r}, got {list(value)}")
    for key in value:
        if key not in keys and not others:
            raise ValueError(f"{name} has the unknown key {key!r}, expected {list(keys)}")


def arrays(name, value, shapes):
    """Return the arrays {key: shape} of a dictionary that may hold others too."""
    dictionary(name, value, shapes, others=True)
    checked = {key: real_array(key, value[key]) for key in shapes}
    for key, shape in shapes.items():
        _expect(key, checked[key], shape)
    return checked


def masks(masks, parameters, X):
    """Return the dropout masks that are given, D0 (n_x, m), ..., D(L-1), as the dtype of X."""
    if masks is not None and not hasattr(masks, "keys"):
        raise TypeError(f"masks must be a dictionary {{'D1': D1, ...}}, got {masks!r}")
    runs, m, L = parameters["W1"].shape[:-2], X.shape[1], len(parameters) // 2
    sizes = {f"D{layer}": parameters[f"W{layer + 1}"].shape[-1] for layer in range(L)}
    checked = {}
    for key in masks or ():
        n = known("a mask", key, sizes)
        D = matrix(key, masks[key], (n, m), (f"n_{key[1:]}", "m"))
        if D.shape[:-2] not in ((), runs):
            raise ValueError(f"{key} must have the run axes {runs} or none, got {D.shape}")
        checked[key] = D.astype(X.dtype)
    return checked


def learning_rates(learning_rate, parameters):
    """Return a rate for each parameter, from a number, an array or a dictionary of them."""
    if not hasattr(learning_rate, "keys"):
        rate = _rate("learning_rate", learning_rate)
        if np.ndim(rate) == 1 or (np.ndim(rate) > 1 and rate.shape[-2:] != (1, 1)):
            raise ValueError(
                f"learning_rate as an array must have shape (runs, 1, 1), got {rate.shape}"
            )
        learning_rate = dict.fromkeys(parameters, rate)
    dictionary("learning_rate", learning_rate, parameters)
    rates = {}
    for name, array in parameters.items():
        rate = _rate(f"learning_rate[{name!r}]", learning_rate[name])
        rates[name] = _broadcastable(name, rate, array)
    return rates


def _rate(name, value):
    if rectangular(name, value).ndim:
        rate = real_array(name, value)
    else:
        rate = number(name, value.item() if isinstance(value, np.ndarray) else value)
    if np.min(rate) <= 0:
        raise ValueError(f"{name} must be greater than 0, got {np.min(rate):g}")
    return rate


def _broadcastable(name, rate, array):
    if np.ndim(rate) == 0:
        return rate
    shape = np.shape(array)
    try:
        np.broadcast_to(rate, shape)
    except ValueError:
        raise ValueError(
            f"learning_rate must broadcast to the shape {shape} of {name}, got {rate.shape}"
        ) from None
    return rate.astype(array.dtype)
