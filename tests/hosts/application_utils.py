"""What the application notebook imports with a star."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return _drawn([(n_h, n_x), (n_y, n_h)], lambda size: 0.01)


def initialize_parameters_deep(layer_dims):
    return _drawn(list(zip(layer_dims[1:], layer_dims[:-1])), lambda size: size[1] ** -0.5)


def _drawn(sizes, scale):
    np.random.seed(1)
    start = {}
    for k, size in enumerate(sizes, 1):
        start[f"W{k}"] = np.random.standard_normal(size) * scale(size)
        start[f"b{k}"] = np.zeros((size[0], 1))
    return start
