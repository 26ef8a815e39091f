"""The few operations that let one formula serve one run and many stacked runs."""

import numpy as np


def transpose(A):
    """Return A, of shape (..., n, k), with its last two axes exchanged."""
    return A.T if A.ndim == 2 else A.swapaxes(-1, -2)


def matmul(M, D, out=None):
    """Return M (..., n, k) @ D (k, p) or (..., k, p), in `out` (..., n, p) if it is passed."""
    if M.ndim == 2:
        return np.dot(M, D, out)  # the same numbers as M @ D, sooner
    if D.ndim == 2:  # one large product, (runs * n, k) @ (k, p), instead of many small ones
        out = np.empty((*M.shape[:-1], D.shape[-1]), M.dtype) if out is None else out
        np.dot(M.reshape(-1, M.shape[-1]), D, out.reshape(-1, D.shape[-1]))
        return out
    # If k = 1, an entry of the product is one number of M times one of D.
    return np.multiply(M, D, out=out) if M.shape[-1] == 1 else np.matmul(M, D, out=out)


def cross_entropy(Z, Y):
    """Return the mean cross-entropy (...runs) of logits Z (..., n_y, m) and labels Y (n_y, m)."""
    # -Y log A - (1 - Y) log(1 - A) = log(1 + e^Z) - Y Z, as A = 1 / (1 + e^-Z). Without overflow,
    # log(1 + e^Z) = max(Z, 0) + log(1 + e^-|Z|).
    loss = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - Y * Z  # (..., n_y, m)
    return (loss.sum(axis=-1) / Z.shape[-1]).sum(axis=-1)
