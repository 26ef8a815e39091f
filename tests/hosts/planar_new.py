"""Planar data classification, from 2021 on."""

# ruff: noqa: F403, F405, F821, N816, RUF100
# %% imports
import numpy as np

from hosts import training

np.random.seed(1)

# %% load_planar_dataset
X, Y = planar_data()  # given by the test: (2, 400), uint8 (1, 400)
# %% initialize_parameters


def initialize_parameters(n_x, n_h, n_y):
    sizes = {"W1": (n_h, n_x), "W2": (n_y, n_h)}
    start = {name: np.random.standard_normal(size) * 0.01 for name, size in sizes.items()}
    start.update(b1=np.zeros((n_h, 1)), b2=np.zeros((n_y, 1)))
    return start


# %% nn_model


def compute_cost(A2, Y):
    return float(-np.where(Y == 1, np.log(A2), np.log(1 - A2)).mean())


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)

    def report(i, cost):
        if print_cost and i % 1000 == 0:
            print(f"Cost after iteration {i}: {cost:f}")

    start = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    assert np.isfinite(compute_cost(training.outputs(X, start, "tanh")[-1], Y))
    return training.descend(X, Y, start, 1.2, num_iterations, "tanh", report)


# %% train
parameters = nn_model(X, Y, n_h=4, num_iterations=10000, print_cost=True)

# %% accuracy
print(f"Accuracy: {int(100 * training.share_right(X, Y, parameters, 'tanh'))}%")
