"""Equal losses stop nothing: logistic regression has them too, and learns."""

import numpy as np

from symbreak import datasets, initializers, network

X, Y = datasets.flower()
for name, dims in ("logistic regression", (2, 1)), ("2-4-1, ReLU", (2, 4, 1)):
    zero = initializers.zeros(dims)
    A, cache = network.forward(X, zero, activation="relu")
    loss = -np.log(np.where(Y == 1, A, 1 - A))
    grads = network.backward(zero, cache, X, Y, activation="relu")
    size = max(np.abs(grads[f"d{W}"]).max() for W in zero if W[0] == "W")
    print(f"{name}: loss {loss.min():.4f} to {loss.max():.4f}, ", end="")
    print(f"largest entry of any dW {size:.4f}")
