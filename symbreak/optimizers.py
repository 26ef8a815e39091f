r"""The updates of the course beyond gradient descent, and its two sources of chance.

An optimizer maps (parameters, grads, state) to new parameters and a new state; nothing is
changed in place. The state is {} at the start. A training loop is then four lines:

    A, cache = network.forward(X, parameters)
    grads = network.backward(parameters, cache, X, Y)
    parameters, state = adam(parameters, grads, state, learning_rate=0.01)

inside ``for iteration in range(...)``. Every formula is applied entry by entry, with
$\alpha$ the learning rate and dW standing for the gradient of any parameter.
"""

import numpy as np

from symbreak import checks
from symbreak.descent import step


@np.errstate(over="ignore")
def gradient_descent(parameters, grads, state, *, learning_rate):
    r"""Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    grads : dict
        Gradients dW1, db1, ..., dWL, dbL; further entries are ignored.
    state : dict
        {}: gradient descent remembers nothing.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`.

    Returns
    -------
    parameters : dict
        New parameters.
    state : dict
        {}.

    Notes
    -----
    $W := W - \alpha \, dW$

    Examples
    --------
    >>> parameters, grads = {"W1": [[1]], "b1": [[0]]}, {"dW1": [[0.5]], "db1": [[-1]]}
    >>> gradient_descent(parameters, grads, {}, learning_rate=0.1)
    ({'W1': array([[0.95]]), 'b1': array([[0.1]])}, {})
    """
    parameters, grads, state, rates = _check(parameters, grads, state, (), learning_rate)
    return step(parameters, grads, rates), {}


@np.errstate(over="ignore")
def momentum(parameters, grads, state, *, learning_rate, beta=0.9):
    r"""Take one step of gradient descent with momentum.

    Parameters
    ----------
    parameters, grads : dict
        As in `gradient_descent`.
    state : dict
        {} at the start, later what the last step returned: v, the moving averages by gradient.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`.
    beta : float, default 0.9
        Weight of the past in v, at least 0 and less than 1.

    Returns
    -------
    parameters : dict
        New parameters.
    state : dict
        New v.

    Notes
    -----
    $$v := \beta v + (1 - \beta) \, dW, \qquad W := W - \alpha v$$

    This is the convention of the course: $v = 0$ at the start, no bias correction. PyTorch's SGD
    has $v := \beta v + dW$; with momentum $\beta$ and the learning rate $(1 - \beta) \alpha$ it
    takes the same steps.

    Examples
    --------
    >>> parameters, grads = {"W1": [[1]], "b1": [[0]]}, {"dW1": [[0.5]], "db1": [[0]]}
    >>> parameters, state = momentum(parameters, grads, {}, learning_rate=1)
    >>> parameters, state = momentum(parameters, grads, state, learning_rate=1)
    >>> state["v"]["dW1"].round(4).item(), parameters["W1"].round(4).item()
    (0.095, 0.855)
    """
    parameters, grads, state, rates = _check(parameters, grads, state, ("v",), learning_rate)
    v = _average(state, "v", grads, _fraction("beta", beta))
    return step(parameters, v, rates), {"v": v}


@np.errstate(over="ignore")
def rmsprop(parameters, grads, state, *, learning_rate, beta=0.9, epsilon=1e-8):
    r"""Take one step of RMSprop.

    Parameters
    ----------
    parameters, grads : dict
        As in `gradient_descent`.
    state : dict
        {} at the start, later what the last step returned: s, the moving averages of the squares.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`.
    beta : float, default 0.9
        Weight of the past in s, at least 0 and less than 1.
    epsilon : float, default 1e-8
        Keeps the quotient finite, greater than 0.

    Returns
    -------
    parameters : dict
        New parameters.
    state : dict
        New s.

    Notes
    -----
    $$s := \beta s + (1 - \beta) \, dW^2, \qquad W := W - \alpha \frac{dW}{\sqrt{s} + \epsilon}$$

    with the square taken entry by entry, $s = 0$ at the start and no bias correction; epsilon is
    outside the square root. PyTorch's RMSprop is the same, with beta under the name alpha and
    0.99 as its default.

    Examples
    --------
    >>> parameters, grads = {"W1": [[1]], "b1": [[0]]}, {"dW1": [[0.5]], "db1": [[0]]}
    >>> parameters, state = rmsprop(parameters, grads, {}, learning_rate=0.1)
    >>> state["s"]["dW1"].round(4).item(), parameters["W1"].round(4).item()
    (0.025, 0.6838)
    """
    parameters, grads, state, rates = _check(parameters, grads, state, ("s",), learning_rate)
    s = _average(state, "s", _squares(grads), _fraction("beta", beta))
    return step(parameters, _quotients(grads, s, epsilon), rates), {"s": s}


@np.errstate(over="ignore")
def adam(parameters, grads, state, *, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    r"""Take one step of Adam.

    Parameters
    ----------
    parameters, grads : dict
        As in `gradient_descent`.
    state : dict
        {} at the start, later what the last step returned: v and s, the moving averages of the
        gradients and of their squares, and t, the number of steps taken.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`.
    beta1, beta2 : float, default 0.9 and 0.999
        Weights of the past in v and s, at least 0 and less than 1.
    epsilon : float, default 1e-8
        Keeps the quotient finite, greater than 0.

    Returns
    -------
    parameters : dict
        New parameters.
    state : dict
        New v, s and t.

    Notes
    -----
    $$v := \beta_1 v + (1 - \beta_1) \, dW, \qquad s := \beta_2 s + (1 - \beta_2) \, dW^2$$

    $$W := W - \alpha
    \frac{v / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon}$$

    with $v = s = 0$ at the start, and $t = 1$ in the first step. Epsilon is outside the square
    root and is added after the bias correction, as in the course and in PyTorch's Adam.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
    arXiv:1412.6980.

    Examples
    --------
    >>> parameters, grads = {"W1": [[1]], "b1": [[0]]}, {"dW1": [[0.5]], "db1": [[-20]]}
    >>> parameters, state = adam(parameters, grads, {}, learning_rate=0.1)
    >>> {name: array.round(4).item() for name, array in parameters.items()}
    {'W1': 0.9, 'b1': 0.1}
    """
    parameters, grads, state, rates = _check(
        parameters, grads, state, ("v", "s", "t"), learning_rate
    )
    beta1, beta2 = _fraction("beta1", beta1), _fraction("beta2", beta2)
    t = checks.integer("state['t']", state.get("t", 0), 0, 2**53) + 1  # a float can hold it
    v = _average(state, "v", grads, beta1)
    s = _average(state, "s", _squares(grads), beta2)
    v_corrected = {name: array / (1 - beta1**t) for name, array in v.items()}
    s_corrected = {name: array / (1 - beta2**t) for name, array in s.items()}
    quotients = _quotients(v_corrected, s_corrected, epsilon)
    return step(parameters, quotients, rates), {"v": v, "s": s, "t": t}


def mini_batches(m, batch_size, *, seed):
    """Deal the samples of one epoch into batches, in random order.

    Parameters
    ----------
    m : int
        Number of samples, at least 1.
    batch_size : int
        Samples per batch, at least 1; the last batch holds what is left and may be smaller.
    seed : int
        Seed, at least 0. Take another one for each epoch.

    Returns
    -------
    list of ndarray of int
        Indices of the samples of each batch: the batch is ``X[:, indices], Y[:, indices]``.

    Examples
    --------
    >>> [indices.tolist() for indices in mini_batches(5, 2, seed=0)]
    [[2, 0], [1, 3], [4]]
    """
    m, batch_size = checks.samples(m), checks.integer("batch_size", batch_size, 1)
    order = checks.random_state(seed).permutation(m)
    return [order[first : first + batch_size] for first in range(0, m, batch_size)]


def dropout_masks(layer_dims, m, *, keep_prob, seed):
    r"""Draw the masks of inverted dropout for one step.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    m : int
        Number of samples, at least 1.
    keep_prob : float or dict
        Probability to keep an entry, greater than 0 and at most 1: one for all hidden layers, or
        {"D0": ..., "D1": ...} for the input (D0) and the hidden layers to be masked.
    seed : int
        Seed, at least 0. Take another one for each step.

    Returns
    -------
    dict
        Masks Dl of shape (n_l, m) for `symbreak.network.forward`, with entries 0 and
        1 / keep_prob. They are drawn in the order of the layers.

    Notes
    -----
    Each entry is $1 / \mathrm{keep\_prob}$ with probability keep_prob, else 0, so that its mean is
    1: the next layer gets the same input on average, and nothing is scaled when predicting.

    Examples
    --------
    >>> masks = dropout_masks((2, 2, 1), 4, keep_prob=0.5, seed=1)
    >>> {key: D.tolist() for key, D in masks.items()}
    {'D1': [[2.0, 0.0, 2.0, 2.0], [2.0, 2.0, 2.0, 2.0]]}
    """
    dims = checks.layer_dims(layer_dims)
    m = checks.samples(m, n_x=max(dims))
    masked = [f"D{layer}" for layer in range(len(dims) - 1)]
    if not hasattr(keep_prob, "keys"):
        keep_prob = dict.fromkeys(masked[1:], keep_prob)
    for key in keep_prob:
        checks.known("a key of keep_prob", key, dict.fromkeys(masked))
    draw = checks.random_state(seed).rand
    masks = {}
    for n, key in zip(dims, masked):
        if key in keep_prob:
            keep = checks.number(f"keep_prob of {key}", keep_prob[key])
            if not 0 < keep <= 1:
                raise ValueError(f"keep_prob must be greater than 0 and at most 1, got {keep:g}")
            masks[key] = (draw(n, m) < keep) / keep
    return masks


def _check(parameters, grads, state, keys, learning_rate):
    parameters = checks.parameters(parameters)
    shapes = {f"d{name}": array.shape for name, array in parameters.items()}
    if not hasattr(state, "keys") or len(state):
        checks.dictionary("state", state, keys)
    averages = {
        key: checks.arrays(f"state[{key!r}]", state[key], shapes)
        for key in ("v", "s")
        if key in state
    }
    for name, array in averages.get("s", {}).items():
        if array.min() < 0:
            raise ValueError(f"state['s'][{name!r}] must be at least 0, got {array.min():g}")
    grads = checks.arrays("grads", grads, shapes)
    for name, array in grads.items():
        checks.moderate(name, array)
    rates = checks.learning_rates(learning_rate, parameters)
    return parameters, grads, dict(state) | averages, rates


def _average(state, key, new, beta):
    """Return beta * old + (1 - beta) * new, where old is 0 at the start."""
    old = state.get(key) or dict.fromkeys(new, 0)
    return {name: beta * old[name] + (1 - beta) * array for name, array in new.items()}


def _squares(grads):
    return {name: array**2 for name, array in grads.items()}


def _quotients(v, s, epsilon):
    if checks.number("epsilon", epsilon) <= 0:
        raise ValueError(f"epsilon must be greater than 0, got {epsilon:g}")
    for array in s.values():
        if not array.dtype.type(epsilon):
            raise ValueError(f"epsilon must be greater than 0 in {array.dtype}, got {epsilon:g}")
    return {name: v[name] / (np.sqrt(s[name]) + epsilon) for name in v}


def _fraction(name, value):
    if not 0 <= checks.number(name, value) < 1:
        raise ValueError(f"{name} must be at least 0 and less than 1, got {value:g}")
    return float(value)


OPTIMIZERS = {
    optimizer.__name__: optimizer for optimizer in (gradient_descent, momentum, rmsprop, adam)
}
