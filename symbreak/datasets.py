"""Small sets of points in the plane with two classes: data -> X (2, m), Y (1, m).

Columns are samples, labels are 0. and 1., everything is float64.
"""

import numpy as np

from symbreak import checks
from symbreak.images import load_cats, load_digits  # noqa: F401 - one place for all data


def flower(m=400, *, seed=1):
    r"""Draw the planar "flower": two classes on alternating petals.

    Parameters
    ----------
    m : int, default 400
        Number of samples, even: the first half has label 0, the second half label 1.
    seed : int, default 1
        Seed of the noise. The defaults give the set of Course 1, Week 3, number for number.

    Returns
    -------
    X : ndarray of shape (2, m)
        Points in the plane.
    Y : ndarray of shape (1, m)
        Labels 0. and 1., sorted.

    Raises
    ------
    ValueError
        If m is not even.

    Notes
    -----
    In polar coordinates $r = 4 \sin 4\theta$, with normal noise of standard deviation 0.2 on the
    angle and on the radius; class 0 takes angles 0 to 3.12, class 1 angles 3.12 to 6.24.

    Examples
    --------
    >>> X, Y = flower()
    >>> X.shape, Y.shape, float(Y.mean())
    ((2, 400), (1, 400), 0.5)
    """
    half, odd = divmod(checks.samples(m, 2, n_x=2), 2)
    if odd:
        raise ValueError(f"m must be even, got {m}")
    random = checks.random_state(seed)
    classes = []
    for label in (0, 1):
        theta = np.linspace(3.12 * label, 3.12 * (label + 1), half) + 0.2 * random.randn(half)
        r = 4 * np.sin(4 * theta) + 0.2 * random.randn(half)
        classes.append([r * np.sin(theta), r * np.cos(theta)])
    return np.concatenate(classes, axis=1), np.repeat([[0.0, 1.0]], half, axis=1)


def circles(m=300, *, seed=1, noise=0.05, factor=0.8):
    """Draw a circle inside a circle.

    Parameters
    ----------
    m : int, default 300
        Number of samples, half of them on each circle, in random order.
    seed : int, default 1
        Seed of order and noise. The defaults give the training set of Course 2, Week 1, number
        for number; its test set is ``circles(100, seed=2)``.
    noise : float, default 0.05
        Standard deviation of the noise, at least 0.
    factor : float, default 0.8
        Radius of the inner circle (label 1); the outer one (label 0) has radius 1.

    Returns
    -------
    X : ndarray of shape (2, m)
        Points in the plane.
    Y : ndarray of shape (1, m)
        Labels 0. and 1.

    References
    ----------
    The recipe is that of ``sklearn.datasets.make_circles``.

    Examples
    --------
    >>> X, Y = circles()
    >>> X[:, 0].round(4).tolist(), Y[0, :5].tolist()
    ([-0.0774, 0.8526], [1.0, 0.0, 1.0, 1.0, 0.0])
    """
    m = checks.samples(m, 2, n_x=2)
    noise = checks.moderate_number("noise", noise, 0)
    factor = checks.moderate_number("factor", factor, 0)
    random = checks.random_state(seed)
    outer, inner = m // 2, m - m // 2
    angle = np.concatenate([np.linspace(0, 2 * np.pi, n, endpoint=False) for n in (outer, inner)])
    radius = np.repeat([1, factor], [outer, inner])
    order = np.arange(m)
    random.shuffle(order)
    X = (radius * np.array([np.cos(angle), np.sin(angle)]))[:, order]
    Y = np.repeat([[0.0, 1.0]], [outer, inner], axis=1)[:, order]
    return X + noise * random.randn(m, 2).T, Y


def xor(m=200, *, seed, noise=0.2):
    """Draw the exclusive or: four clouds at the corners of a square, opposite corners alike.

    Parameters
    ----------
    m : int, default 200
        Number of samples, dealt to the corners in turn.
    seed : int
        Seed of the noise.
    noise : float, default 0.2
        Standard deviation of each cloud, at least 0.

    Returns
    -------
    X : ndarray of shape (2, m)
        Points around the corners (-1, -1), (-1, 1), (1, -1), (1, 1).
    Y : ndarray of shape (1, m)
        Labels 0., 1., 1., 0. at these corners.

    Examples
    --------
    >>> X, Y = xor(4, seed=0, noise=0)
    >>> X.tolist(), Y.tolist()
    ([[-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]], [[0.0, 1.0, 1.0, 0.0]])
    """
    corners = np.array([[-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]])
    return _clouds(corners, np.array([[0.0, 1.0, 1.0, 0.0]]), m, seed, noise)


def blobs(m=200, *, seed, noise=0.5):
    """Draw two round clouds that a line nearly separates.

    Parameters
    ----------
    m : int, default 200
        Number of samples, dealt to the clouds in turn.
    seed : int
        Seed of the noise.
    noise : float, default 0.5
        Standard deviation of each cloud, at least 0.

    Returns
    -------
    X : ndarray of shape (2, m)
        Points around (-1, -1) and (1, 1).
    Y : ndarray of shape (1, m)
        Labels 0. and 1. of these clouds.

    Examples
    --------
    >>> X, Y = blobs(4, seed=0, noise=0)
    >>> X.tolist(), Y.tolist()
    ([[-1.0, 1.0, -1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]], [[0.0, 1.0, 0.0, 1.0]])
    """
    centers = np.array([[-1.0, 1.0], [-1.0, 1.0]])
    return _clouds(centers, np.array([[0.0, 1.0]]), m, seed, noise)


def moons(m=200, *, seed, noise=0.1):
    """Draw two half circles that reach into each other.

    Parameters
    ----------
    m : int, default 200
        Number of samples, dealt to the half circles in turn.
    seed : int
        Seed of the noise.
    noise : float, default 0.1
        Standard deviation of the noise, at least 0.

    Returns
    -------
    X : ndarray of shape (2, m)
        Points in the plane.
    Y : ndarray of shape (1, m)
        Labels 0. (upper half circle, around the origin) and 1. (lower, around (1, 0.5)).

    Examples
    --------
    >>> X, Y = moons(4, seed=0, noise=0)
    >>> X.round(2).tolist(), Y.tolist()
    ([[1.0, 0.0, -1.0, 2.0], [0.0, 0.5, 0.0, 0.5]], [[0.0, 1.0, 0.0, 1.0]])
    """
    m = checks.samples(m, 2, n_x=2)
    noise = checks.moderate_number("noise", noise, 0)
    random = checks.random_state(seed)
    Y = np.arange(m)[None, :] % 2.0
    angle = np.pi * (np.arange(m) // 2) / max((m - 1) // 2, 1)
    upper = np.array([np.cos(angle), np.sin(angle)])
    X = np.where(Y == 0, upper, np.array([[1.0], [0.5]]) - upper)
    return X + noise * random.randn(2, m), Y


def _clouds(centers, labels, m, seed, noise):
    m = checks.samples(m, 2, n_x=2)
    noise = checks.moderate_number("noise", noise, 0)
    random = checks.random_state(seed)
    turn = np.arange(m) % centers.shape[1]
    return centers[:, turn] + noise * random.randn(2, m), labels[:, turn]


def unbalance(X, Y, *, label=0, drop):
    """Remove the first samples of one class.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    label : int, default 0
        The class to thin out.
    drop : int
        How many of its samples to remove, at least 0.

    Returns
    -------
    X : ndarray of shape (n_x, m - drop)
        The samples that stay, in their order.
    Y : ndarray of shape (1, m - drop)
        Their labels.

    Raises
    ------
    ValueError
        If the class has fewer than `drop` samples, or nothing would be left.

    Examples
    --------
    >>> X, Y = unbalance(*flower(), label=0, drop=100)
    >>> X.shape, round(float(Y.mean()), 4)
    ((2, 300), 0.6667)
    """
    X = checks.data(X)
    Y = checks.labels(Y, 1, X.shape[1])
    label = checks.integer("label", label, 0, 1)
    members = np.flatnonzero(Y[0] == label)
    if checks.integer("drop", drop, 0) > members.size or drop == Y.size:
        raise ValueError(
            f"drop must leave samples: class {label} has {members.size} of {Y.size}, got {drop}"
        )
    gone = members[:drop]
    return np.delete(X, gone, axis=1), np.delete(Y, gone, axis=1)
