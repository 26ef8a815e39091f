"""What the application notebook imports with a star."""

import numpy as np

from hosts import arithmetic


def initialize_parameters(n_x, n_h, n_y):
    return _drawn([(n_h, n_x), (n_y, n_h)], lambda W: W * 0.01)


def initialize_parameters_deep(layer_dims):
    sizes = zip(layer_dims[1:], layer_dims[:-1])
    return _drawn(sizes, lambda W: W / np.sqrt(W.shape[1]))


def predict(X, y, parameters):
    m = X.shape[1]
    p = arithmetic.over_half(X, parameters, arithmetic.relu).astype(float)
    print("Accuracy: " + str(np.sum((p == y) / m)))
    return p


def _drawn(sizes, scaled):
    np.random.seed(1)
    start = {}
    for k, size in enumerate(sizes, 1):
        start[f"W{k}"] = scaled(np.random.randn(*size))
        start[f"b{k}"] = np.zeros((size[0], 1))
    return start
