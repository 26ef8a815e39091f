"""Deep Neural Network: Application, from 2021 on."""

# ruff: noqa: F403, F405, F821, N816, RUF100
# %% imports
import numpy as np

from hosts import training
from hosts.application_utils import *

np.random.seed(1)

# %% load_data
train_x, train_y, test_x, test_y = image_data()  # given by the test
n_x, n_h, n_y = train_x.shape[0], 7, 1
layers_dims = (n_x, n_h, n_y)

# %% two_layer_model


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    n_x, n_h, n_y = layers_dims
    start = initialize_parameters(n_x, n_h, n_y)
    costs = []

    def report(i, cost):
        if print_cost and (i % 100 == 0 or i == num_iterations - 1):
            print(f"Cost after iteration {i}: {cost}")
            costs.append(cost)

    parameters = training.descend(X, Y, start, learning_rate, num_iterations, "relu", report)
    return parameters, costs


# %% train
parameters, costs = two_layer_model(
    train_x, train_y, layers_dims=(n_x, n_h, n_y), num_iterations=2500, print_cost=True
)

# %% predict
for x, y in ((train_x, train_y), (test_x, test_y)):
    print("Accuracy: " + str(training.share_right(x, y, parameters, "relu")))

# %% L_layer_model
layers_dims = [n_x, 20, 7, 5, 1]


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):  # noqa: N802
    np.random.seed(1)
    costs = []

    def report(i, cost):
        if print_cost and (i % 100 == 0 or i == num_iterations - 1):
            print(f"Cost after iteration {i}: {np.squeeze(cost)}")
            costs.append(cost)

    start = initialize_parameters_deep(layers_dims)
    parameters = training.descend(X, Y, start, learning_rate, num_iterations, "relu", report)
    return parameters, costs


# %% train deep
parameters, costs = L_layer_model(
    train_x, train_y, layers_dims, num_iterations=2500, print_cost=True
)
