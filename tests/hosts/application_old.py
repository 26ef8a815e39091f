"""Deep Neural Network for Image Classification: Application, before 2021."""

# ruff: noqa: F403, F405, F821, N803, N806, N816, RUF100, UP031, UP032
# %% imports
import numpy as np

from hosts import arithmetic
from hosts.application_utils import *  # from dnn_app_utils_v3 import *

np.random.seed(1)

# %% load_data
train_x, train_y, test_x, test_y = image_data()  # given by the test

# %% constants
### CONSTANTS DEFINING THE MODEL ####
n_x, n_h, n_y = train_x.shape[0], 7, 1
layers_dims = (n_x, n_h, n_y)

# %% two_layer_model
# GRADED FUNCTION: two_layer_model


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []

    def report(i, cost):
        if print_cost and i % 100 == 0:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
            costs.append(cost)

    start = initialize_parameters(*layers_dims)
    parameters = arithmetic.descend(
        X, Y, start, learning_rate, num_iterations, arithmetic.APPLICATION, report
    )
    return parameters


# %% train
parameters = two_layer_model(
    train_x, train_y, layers_dims=(n_x, n_h, n_y), num_iterations=2500, print_cost=True
)

# %% accuracy train
predictions_train = predict(train_x, train_y, parameters)

# %% accuracy test
predictions_test = predict(test_x, test_y, parameters)

# %% constants deep
### CONSTANTS ###
layers_dims = [n_x, 20, 7, 5, 1]  # 4-layer model

# %% L_layer_model
# GRADED FUNCTION: L_layer_model


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):  # noqa: N802
    np.random.seed(1)
    costs = []

    def report(i, cost):
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
            costs.append(cost)

    start = initialize_parameters_deep(layers_dims)
    parameters = arithmetic.descend(
        X, Y, start, learning_rate, num_iterations, arithmetic.APPLICATION, report
    )
    return parameters


# %% train deep
parameters = L_layer_model(train_x, train_y, layers_dims, num_iterations=2500, print_cost=True)

# %% accuracy train deep
pred_train = predict(train_x, train_y, parameters)

# %% accuracy test deep
pred_test = predict(test_x, test_y, parameters)
