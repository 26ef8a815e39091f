"""What Hypothesis generates: problems of all shapes, and input that is wrong in all ways."""

import functools

import numpy as np
from hypothesis import given, reject
from hypothesis import strategies as st

from symbreak.activations import ACTIVATIONS
from symbreak.history import DivergenceError

seeds = st.integers(0, 2**32 - 1)
activations = st.sampled_from(list(ACTIVATIONS))
smooth = st.sampled_from([name for name, g in ACTIVATIONS.items() if g.smooth])
count = 0


def generated(**strategies):
    """Run a test on generated input, and count how often."""

    def decorate(test):
        @given(**strategies)
        @functools.wraps(test)
        def run(**drawn):
            global count
            count += 1
            test(**drawn)

        return run

    return decorate


def layer_dims(min_layers=1, max_layers=4, largest=5, n_y=None):
    """Return sizes (n_0, ..., n_L) with L between the two numbers."""
    size = st.integers(1, largest)
    last = size if n_y is None else st.just(n_y)
    hidden = st.lists(size, min_size=min_layers, max_size=max_layers)
    return st.builds(lambda head, end: (*head, end), hidden, last)


def random_parameters(dims, seed, runs=()):
    random, parameters = np.random.RandomState(seed), {}
    for layer, (n_prev, n) in enumerate(zip(dims, dims[1:]), 1):
        parameters[f"W{layer}"] = random.randn(*runs, n, n_prev) / n_prev**0.5
        parameters[f"b{layer}"] = random.randn(*runs, n, 1)
    return parameters


def close(a, b, tolerance=1e-12):
    """Compare to the tolerance, of the larger of 1 and the largest number."""
    a, b = np.asarray(a), np.asarray(b)
    return a.shape == b.shape and bool((np.abs(a - b) <= tolerance * max(1, np.abs(b).max())).all())


def all_close(a, b, tolerance=1e-12):
    return list(a) == list(b) and all(close(a[key], b[key], tolerance) for key in b)


def run_of(arrays, r):
    return {key: array[r] for key, array in arrays.items()}


def trained(train, *arguments, **settings):
    """Train, and leave out the few runs that diverge: they have tests of their own."""
    try:
        return train(*arguments, **settings)
    except DivergenceError:
        reject()


def data(dims, seed, m):
    """Return X (n_x, m) and Y (n_y, m)."""
    random = np.random.RandomState(seed)
    return random.randn(dims[0], m), random.randint(0, 2, (dims[-1], m)).astype(float)


@st.composite
def problems(draw, *, runs=False, **dims):
    """Draw X, Y and parameters that fit; with `runs`, parameters of one to three runs."""
    sizes, seed = draw(layer_dims(**dims)), draw(seeds)
    axes = (draw(st.integers(1, 3)),) if runs else ()
    X, Y = data(sizes, seed, draw(st.integers(1, 8)))
    return X, Y, random_parameters(sizes, seed, axes)


@st.composite
def permutations(draw, problem, min_layers=1):
    """Draw a problem and the same with the hidden units of each layer in another order."""
    X, Y, parameters = draw(problem)
    L = len(parameters) // 2
    orders = [draw(st.permutations(range(parameters[f"b{k}"].shape[-2]))) for k in range(1, L)]
    return X, Y, parameters, orders


def permuted(arrays, orders, prefix=""):
    """Return parameters, or with the prefix "d" their gradients, in another order of units."""
    arrays = dict(arrays)
    for layer, order in enumerate(orders, 1):
        for key in (f"{prefix}W{layer}", f"{prefix}b{layer}"):
            arrays[key] = arrays[key][..., list(order), :]
        after = f"{prefix}W{layer + 1}"
        arrays[after] = arrays[after][..., :, list(order)]
    return arrays


# Wrong input ----------------------------------------------------------------------------------

HUGE = 10**12
numbers = st.one_of(
    st.sampled_from([0, -1, 1, 2, 3, HUGE, -HUGE, 10**400, 2**32, 0.0, -0.0, 0.5, -1.5, 1e308]),
    st.sampled_from([1e-320, np.nan, np.inf, -np.inf, 1j, np.int8(3), np.int64(0), np.uint8(2)]),
    st.sampled_from([np.float32(0.5), np.float64(2.0), np.float64("nan"), np.bool_(True)]),
    st.floats(),
    st.integers(-5, 5),
)
things = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=4),
    st.sampled_from(["tanh", "relu", "equal", "W1", "12", "NaN", "ä", b"W1", object(), len, {}]),
    st.sampled_from([[], (), set(), frozenset({1}), {"W1": 1}, range(3), Ellipsis, [[]], [[1], 2]]),
    st.sampled_from([["W1", "b1"], [None], ["a"], [[1, 2], [3]], [[1, "a"]], [1, None], [2**70]]),
)
shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)
arrays = st.builds(
    lambda shape, value, dtype: np.full(shape, value).astype(dtype),
    shapes,
    st.sampled_from([0, 1, -1, 2]),
    st.sampled_from(
        [float, int, bool, complex, np.float16, np.uint8, object, "U3", "datetime64[s]"]
    ),
)
entries = st.sampled_from([np.nan, np.inf, -np.inf, 2.0, -1.0, 0.5, 1e308, -1e200, 1e-320, 0.0])


@st.composite
def spoiled(draw, value):
    """Draw what may stand by mistake in the place of a value that fits."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(list(value)))
        if draw(st.booleans()):
            return value | {key: draw(spoiled(value[key]))}
        return draw(
            st.sampled_from(
                [
                    {k: v for k, v in value.items() if k != key},
                    value | {"W9": value[key]},
                    value | {7: value[key]},
                    {k.lower(): v for k, v in value.items()},
                ]
            )
        )
    if isinstance(value, np.ndarray) and draw(st.integers(0, 3)):
        return draw(st.one_of(*map(st.just, _reshaped(value)), _one_entry(value)))
    return draw(st.one_of(numbers, things, arrays))


def _reshaped(array):
    """Return an array that fits, in other orientations, sizes and types."""
    yield from (array.T, array.ravel(), array[None], array[..., None], array.tolist())
    yield from (array[:0], array[..., :0], array[:1], array[..., :1], np.repeat(array, 2, axis=0))
    yield from (array.astype(np.float32), array.astype(int), array.astype(bool), array + 0j)
    yield from (array.astype(object), array.astype(str), np.float64(1), array.sum(), -array)
    yield from (np.asfortranarray(array), array[::-1], 1e200 * array, list(array), tuple(array))
    yield (np.ma.masked_array(array, array > 0))


@st.composite
def _one_entry(draw, array):
    changed = np.array(array, dtype=float)
    changed.flat[draw(st.integers(0, changed.size - 1))] = draw(entries)
    return changed
