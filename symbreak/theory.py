r"""Predict what training will do, before it is run.

Two layers. At zero weights with g(0) = 0 the network answers the same for every sample, and
gradient descent first moves b2 until that answer is the base rate, the mean of the labels. The
weights leave from there, slowly at first: the formulas here follow from the Hessian at that point,
which `symbreak.hessian` computes without them.
"""

import math

import numpy as np

from symbreak import checks
from symbreak.activations import ACTIVATIONS, sigmoid


def label_entropy(Y):
    r"""Compute the cost of answering the base rate to every sample.

    Parameters
    ----------
    Y : ndarray of shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    float
        The label entropy in nats, between 0 (one label only) and ln 2 (balanced labels): the
        smallest cost that a network which ignores X can have, at any depth.

    Notes
    -----
    With $p$ the mean of the labels, $H(p) = -p \ln p - (1 - p) \ln(1 - p)$. It is the cost of the
    output $A = p$, the minimum over all constant outputs.

    Examples
    --------
    >>> Y = np.array([[1] * 72 + [0] * 137])
    >>> round(label_entropy(Y), 4), round(label_entropy([[0, 1]]), 4)
    (0.644, 0.6931)
    """
    p = _base_rate(Y)
    return sum(-q * math.log(q) for q in (p, 1 - p) if q > 0)


def signal(X, Y, b2=None):
    r"""Compute the vector by which the data first pulls the weights from zero.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    b2 : float, optional
        The output bias. The default is that of the base rate, $b_2 = \ln(p / (1 - p))$.

    Returns
    -------
    ndarray of shape (n_x + 1, 1)
        $C$: what the gradient of [W1 | b1] is, at zero weights, per unit of outgoing weight and
        slope g'(0). Its last entry, that of b1, is 0 at the base rate.

    Raises
    ------
    ValueError
        If all labels are equal and b2 is not given: then the base rate has no logit.

    Notes
    -----
    $C = \frac1m \sum_i (\sigma(b_2) - y_i) (x_i, 1)$. At the base rate
    $C = p (1 - p) (\bar x_0 - \bar x_1)$ with the class means $\bar x_0, \bar x_1$: the signal
    vanishes exactly if they coincide.

    Examples
    --------
    >>> signal([[1.0, 3.0], [0.0, 2.0]], [[0, 1]]).ravel().tolist()
    [-0.5, -0.5, 0.0]
    """
    X, Y, b2 = _data(X, Y, b2)
    X = np.vstack([X, np.ones_like(Y)])  # (n_x + 1, m)
    return X @ (sigmoid(b2) - Y).T / X.shape[1]


def hessian_eigenvalues(X, Y, n_h, *, activation="tanh", b2=None):
    r"""Predict the eigenvalues of the Hessian of the cost at zero weights.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    n_h : int
        Number of hidden units.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, differentiable at 0.
    b2 : float, optional
        As in `signal`; W1, b1 and W2 are zero.

    Returns
    -------
    ndarray of shape (n_h * (n_x + 2) + 1,)
        The eigenvalues, ascending.

    Raises
    ------
    ValueError
        As `signal`, and if g has no slope at 0.

    Notes
    -----
    Let $s = g'(0) \lVert C \rVert$ with the signal $C$, and $q = p_0 (1 - p_0)$ with
    $p_0 = \sigma(b_2)$. If g(0) = 0 they are $-s$ and $s$, $n_h$ times each, $q$ once, and 0. In
    general, outgoing weights that sum to zero give $\pm s$, $n_h - 1$ times each; their common
    part $v$, the incoming weights along $C$ and $b_2$ give the three of

    $$\begin{pmatrix} n_h g(0)^2 q & s & \sqrt{n_h} g(0) q \\ s & 0 & 0 \\
    \sqrt{n_h} g(0) q & 0 & q \end{pmatrix} .$$

    Examples
    --------
    >>> X, Y = [[1.0, 3.0]], [[0, 1]]
    >>> hessian_eigenvalues(X, Y, 2).tolist()
    [-0.5, -0.5, 0.0, 0.0, 0.25, 0.5, 0.5]
    """
    X, Y, b2 = _data(X, Y, b2)
    n_h, (g0, slope) = checks.integer("n_h", n_h, 1), _at_zero(activation)
    checks.room("n_h", n_h, X.shape[0] + 2)
    s = slope * float(np.linalg.norm(signal(X, Y, b2)))
    q = float(sigmoid(b2) * (1 - sigmoid(b2)))
    mixed = math.sqrt(n_h) * g0 * q
    three = np.linalg.eigvalsh([[n_h * g0**2 * q, s, mixed], [s, 0, 0], [mixed, 0, q]])
    pairs = [-s, s] * (n_h - 1)
    zeros = n_h * (X.shape[0] + 2) + 1 - len(pairs) - len(three)
    return np.sort([*pairs, *three.tolist(), *[0.0] * zeros])


def escape_rate(X, Y, *, activation="tanh"):
    r"""Predict how fast small weights grow: the steepest descent of the saddle at the base rate.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, differentiable at 0.

    Returns
    -------
    float
        $s = g'(0) \lVert C \rVert$ at the base rate. $-s$ is an eigenvalue of the Hessian at zero
        weights there, unless there is a single unit with g(0) other than 0.
        With g(0) = 0, or for outgoing weights that sum to zero, small weights grow by the factor
        1 + learning_rate * s per iteration.

    Raises
    ------
    ValueError
        If all labels are equal, or g has no slope at 0.

    Examples
    --------
    >>> from symbreak import datasets
    >>> X, Y = datasets.flower()
    >>> round(escape_rate(X, Y), 4), round(escape_rate(X, Y, activation="sigmoid"), 4)
    (0.1983, 0.0496)
    """
    _, slope = _at_zero(activation)
    return slope * float(np.linalg.norm(signal(X, Y)))


def growth_time(factor, rate, learning_rate):
    r"""Predict the number of iterations in which small weights grow by a factor.

    Parameters
    ----------
    factor : float
        At least 1; 10 gives the iterations per decade.
    rate : float
        Greater than 0, such as `escape_rate`.
    learning_rate : float
        Greater than 0.

    Returns
    -------
    float
        $\ln(\text{factor}) / \ln(1 + \alpha s)$; infinity if $\alpha s$ is too small to be told
        from 0.

    Examples
    --------
    >>> round(growth_time(10, 0.198265, 1.2), 1)
    10.8
    """
    factor = checks.number("factor", factor, 1)
    rate, learning_rate = _positive(rate=rate, learning_rate=learning_rate)
    growth = math.log1p(learning_rate * rate)
    return math.log(factor) / growth if growth else math.inf


def escape_time(parameters, X, Y, *, learning_rate, drop, activation="tanh"):
    r"""Predict the iteration at which the cost has fallen by `drop` below the label entropy.

    Parameters
    ----------
    parameters : dict
        The start W1, b1, W2, b2; run axes allowed. Small, or the prediction means nothing.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    learning_rate : float
        Greater than 0.
    drop : float
        Greater than 0; small, for the same reason.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, with g(0) = 0 and differentiable there.

    Returns
    -------
    float or ndarray
        The iterations, not rounded; infinity if nothing grows. With run axes, one per run.

    Raises
    ------
    ValueError
        If all labels are equal, or g(0) is not 0, or g has no slope there.

    Notes
    -----
    For unit k let $c_k = w_k \cdot C / \lVert C \rVert$ and $a_k = (c_k - v_k) / \sqrt 2$: the part
    of the start that grows, by $1 + \alpha s$ per iteration, $s$ as in `escape_rate`. The cost
    falls by $\frac{s}{2} \sum_k a_k^2$, so it has fallen by $\delta$ when
    $\sum_k a_k^2 = 2 \delta / s$. Nothing is fitted. b2 is taken to be at the base rate.

    Examples
    --------
    >>> from symbreak import datasets, initializers
    >>> X, Y = datasets.flower()
    >>> start = initializers.normal((2, 4, 1), seed=3, scale=1e-6)
    >>> round(escape_time(start, X, Y, learning_rate=1.2, drop=0.01))
    57
    """
    parameters = checks.parameters(parameters)
    for name, array in parameters.items():
        checks.moderate(name, array)
    if len(parameters) != 4:
        raise ValueError(f"parameters must be those of two layers, got {list(parameters)}")
    learning_rate, drop = _positive(learning_rate=learning_rate, drop=drop)
    g0, slope = _at_zero(activation)
    if g0:
        raise ValueError(f"activation needs g(0) = 0, got {activation!r} with g(0) = {g0:g}")
    X = checks.data(X, parameters["W1"].shape[-1])
    checks.matrix("W2", parameters["W2"], (1, None), ("n_y", "n_h"))
    C = signal(X, Y)[:-1]
    s = slope * float(np.linalg.norm(C))
    if s == 0:
        return np.full(parameters["W1"].shape[:-2], math.inf)[()]
    c = (parameters["W1"] @ C)[..., 0] / np.linalg.norm(C)  # (..., n_h)
    a = (c - parameters["W2"][..., 0, :]) / math.sqrt(2)
    size = np.linalg.norm(a, axis=-1)
    with np.errstate(divide="ignore", over="ignore"):
        times = np.log(math.sqrt(2 * drop / s) / size) / math.log1p(learning_rate * s)
    times = np.maximum(times, 0)
    return times if times.ndim else float(times)


def _base_rate(Y):
    return float(checks.labels(Y, 1, None).mean())


def _data(X, Y, b2):
    X = checks.moderate("X", checks.data(X))
    Y = checks.labels(Y, 1, X.shape[1], X.dtype)
    if b2 is not None:
        return X, Y, checks.number("b2", b2)
    p = _base_rate(Y)
    if not 0 < p < 1:
        raise ValueError(f"Y must hold both labels for a base rate, got only {p:g}")
    return X, Y, math.log(p / (1 - p))


def _at_zero(activation):
    """Return g(0) and g'(0)."""
    g = checks.known("activation", activation, ACTIVATIONS)
    if not g.smooth:
        raise ValueError(f"activation must be differentiable at 0, got {activation!r}")
    Z = np.zeros(1)
    A = g.function(Z)
    return float(A[0]), float(g.derivative(Z, A)[0])


def _positive(**numbers):
    for name, value in numbers.items():
        if checks.number(name, value) <= 0:
            raise ValueError(f"{name} must be greater than 0, got {value}")
    return tuple(map(float, numbers.values()))
