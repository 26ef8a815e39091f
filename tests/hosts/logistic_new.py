"""Logistic Regression with a Neural Network mindset, from 2021 on."""

# ruff: noqa: F403, F405, F821, N803, N806, N816, RUF100, UP031, UP032
# %% imports
import numpy as np

from hosts import arithmetic
from hosts.public_tests import *

# %% load_dataset
# Loading the data (cat/non-cat)
train_set_x, train_set_y, test_set_x, test_set_y = image_data()  # given by the test

# %% flatten
assert np.alltrue(train_set_x == train_set_x)
print("train_set_x shape: " + str(train_set_x.shape))

# %% initialize_with_zeros
# GRADED FUNCTION: initialize_with_zeros


def initialize_with_zeros(dim):
    w, b = np.zeros(shape=(dim, 1)), 0.0
    return w, b


# %% test initialize_with_zeros
dim = 2
w, b = initialize_with_zeros(dim)
assert type(b) == float  # noqa: E721
print("w = " + str(w))
print("b = " + str(b))
initialize_with_zeros_test(initialize_with_zeros)

# %% graded cells
w, b = np.array([[1.0], [2.0]]), 1.5
X, Y = np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]]), np.array([[1, 1, 0]])
costs = []
params = arithmetic.descend_one_unit(X, Y, w, b, 0.009, 100, lambda i, cost: costs.append(cost))
params = dict(zip("wb", params))
w, b = np.array([[0.1124579], [0.23106775]]), -0.3

# %% model
# GRADED FUNCTION: model


def predict(w, b, X):
    return (arithmetic.sigmoid(np.dot(w.T, X) + b) > 0.5).astype(float)


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    w, b = initialize_with_zeros(X_train.shape[0])
    costs = []

    def report(i, cost):
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost after iteration %i: %f" % (i, cost))

    w, b = arithmetic.descend_one_unit(
        X_train, Y_train, w, b, learning_rate, num_iterations, report
    )
    found = {"train": predict(w, b, X_train), "test": predict(w, b, X_test)}
    if print_cost:
        for part, Y in (("train", Y_train), ("test", Y_test)):
            share = 100 - np.mean(np.abs(found[part] - Y)) * 100
            print("{} accuracy: {} %".format(part, share))
    return {
        "costs": costs,
        "Y_prediction_test": found["test"],
        "Y_prediction_train": found["train"],
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }


# %% test model
model_test(model)

# %% train
logistic_regression_model = model(
    train_set_x,
    train_set_y,
    test_set_x,
    test_set_y,
    num_iterations=2000,
    learning_rate=0.005,
    print_cost=True,
)

# %% learning rates
learning_rates = [0.01, 0.001, 0.0001]
models = {}
for lr in learning_rates:
    print("Training a model with learning rate: " + str(lr))
    models[str(lr)] = model(
        train_set_x,
        train_set_y,
        test_set_x,
        test_set_y,
        num_iterations=1500,
        learning_rate=lr,
        print_cost=False,
    )
