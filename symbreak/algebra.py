r"""The few operations that let one formula serve one run and many stacked runs.

Nothing is checked here: the public functions of `network` and `logistic` have done that.
"""

import numpy as np


def transpose(A):
    """Return A with its last two axes exchanged.

    Parameters
    ----------
    A : ndarray of shape (..., n, k)
        A matrix, or a stack of them.

    Returns
    -------
    ndarray of shape (..., k, n)
        The transpose of each matrix.

    Examples
    --------
    >>> transpose(np.ones((5, 4, 2))).shape
    (5, 2, 4)
    """
    return A.T if A.ndim == 2 else A.swapaxes(-1, -2)


def matmul(M, D, out=None):
    """Return M @ D; with run axes, without a loop over the runs where there is a way.

    Parameters
    ----------
    M : ndarray of shape (..., n, k)
        A matrix, or a stack of them.
    D : ndarray of shape (k, p) or (..., k, p)
        One matrix for all runs, or one per run.
    out : ndarray of shape (..., n, p), optional
        Where to write the products, contiguous.

    Returns
    -------
    ndarray of shape (..., n, p)
        The products.

    Notes
    -----
    If all runs share D, there is one large product, (runs * n, k) @ (k, p), instead of many small
    ones. If k = 1, an entry of the product is one number of M times one of D.

    Examples
    --------
    >>> matmul(np.ones((5, 4, 2)), np.ones((2, 3))).shape
    (5, 4, 3)
    """
    if M.ndim == 2:
        return np.dot(M, D, out)  # the same numbers as M @ D, sooner
    if D.ndim == 2:
        out = np.empty((*M.shape[:-1], D.shape[-1]), M.dtype) if out is None else out
        np.dot(M.reshape(-1, M.shape[-1]), D, out.reshape(-1, D.shape[-1]))
        return out
    return np.multiply(M, D, out=out) if M.shape[-1] == 1 else np.matmul(M, D, out=out)


def cross_entropy(Z, Y):
    r"""Return the mean over the samples of the cross-entropy, from the logits.

    Parameters
    ----------
    Z : ndarray of shape (..., n_y, m)
        Logits.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.

    Returns
    -------
    ndarray
        One cost per run, summed over the n_y outputs.

    Notes
    -----
    With $A = \sigma(Z) = 1 / (1 + e^{-Z})$ we have $-\log(1 - A) = \log(1 + e^Z)$ and
    $-\log A = \log(1 + e^Z) - Z$. So $-Y \log A - (1 - Y) \log(1 - A) = \log(1 + e^Z) - Y Z$.
    Without overflow, $\log(1 + e^Z) = \max(Z, 0) + \log(1 + e^{-|Z|})$.

    Examples
    --------
    >>> cross_entropy(np.array([[0.0, 1000.0]]), np.array([[1.0, 1.0]])).round(6).tolist()
    0.346574
    """
    loss = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - Y * Z  # (..., n_y, m)
    return (loss.sum(axis=-1) / Z.shape[-1]).sum(axis=-1)
