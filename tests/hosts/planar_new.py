"""Planar data classification with one hidden layer, from 2021 on."""

# ruff: noqa: F403, F405, F821, N803, N806, N816, RUF100, UP031, UP032
# %% imports
# Package imports
import numpy as np

from hosts import arithmetic
from hosts.public_tests import *

# %% load_planar_dataset
X, Y = planar_data()  # given by the test: (2, 400), uint8 (1, 400)

# %% initialize_parameters
# GRADED FUNCTION: initialize_parameters


def initialize_parameters(n_x, n_h, n_y):
    sizes = {"W1": (n_h, n_x), "W2": (n_y, n_h)}
    start = {name: np.random.standard_normal(size) * 0.01 for name, size in sizes.items()}
    start.update(b1=np.zeros((n_h, 1)), b2=np.zeros((n_y, 1)))
    return start


# %% test initialize_parameters
np.random.seed(2)
n_x, n_h, n_y = 2, 4, 1
parameters = initialize_parameters(n_x, n_h, n_y)
for name in ("W1", "b1", "W2", "b2"):
    print(name + " = " + str(parameters[name]))
initialize_parameters_test(initialize_parameters)

# %% graded cells
np.random.seed(1)
t_X, t_Y = np.random.randn(2, 3), np.random.randn(1, 3) > 0
parameters = {
    "W1": np.array([[-0.004, -0.0006], [-0.02, 0.016], [-0.018, -0.008], [0.005, -0.012]]),
    "b1": np.zeros((4, 1)),
    "W2": np.array([[-0.01, -0.009, 0.0055, 0.023]]),
    "b2": np.zeros((1, 1)),
}
Z, A = arithmetic.forward(t_X, parameters, np.tanh)
A2, cache = A[2], {"Z1": Z[1], "A1": A[1], "Z2": Z[2], "A2": A[2]}
grads = {"d" + name: np.ones_like(array) for name, array in parameters.items()}

# %% nn_model
# GRADED FUNCTION: nn_model


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)

    def report(i, cost):
        if print_cost and i % 1000 == 0:
            print("Cost after iteration %i: %f" % (i, cost))

    start = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    return arithmetic.descend(X, Y, start, 1.2, num_iterations, arithmetic.PLANAR, report)


# %% test nn_model
nn_model_test(nn_model)

# %% predict
# GRADED FUNCTION: predict


def predict(parameters, X):
    return arithmetic.over_half(X, parameters, np.tanh)


# %% test predict
parameters = {name: array + 0.3 for name, array in parameters.items()}
predictions = predict(parameters, t_X)

# %% train
# Build a model with a n_h-dimensional hidden layer
parameters = nn_model(X, Y, n_h=4, num_iterations=10000, print_cost=True)

# %% accuracy
# Print accuracy
predictions = predict(parameters, X)
right = np.dot(Y, predictions.T) + np.dot(1 - Y, 1 - predictions.T)
print("Accuracy: %d" % float(right / float(Y.size) * 100) + "%")

# %% sizes
# This may take about 2 minutes to run
for n_h in [1, 2, 3, 4, 5]:
    parameters = nn_model(X, Y, n_h, num_iterations=5000)
    predictions = predict(parameters, X)
    right = np.dot(Y, predictions.T) + np.dot(1 - Y, 1 - predictions.T)
    accuracy = float(right / float(Y.size) * 100)
    print("Accuracy for {} hidden units: {} %".format(n_h, accuracy))

# %% datasets
# Datasets
X, Y = moons_data()
