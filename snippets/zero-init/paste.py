"""The start from zero in numpy alone, as it goes into a notebook."""

import numpy as np


def initialize_zeros(n_x, n_h, n_y):
    """All weights and biases zero; columns are samples."""
    return {
        "W1": np.zeros((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": np.zeros((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


for name, array in initialize_zeros(2, 4, 1).items():
    print(name, array.shape, "all zero:", not array.any())
