"""Logistic Regression with a Neural Network mindset, from 2021 on."""

# ruff: noqa: F403, F405, F821, N816, RUF100
# %% imports
import numpy as np

from hosts import training

# %% load_dataset
train_set_x, train_set_y, test_set_x, test_set_y = image_data()  # given by the test

# %% initialize_with_zeros


def initialize_with_zeros(dim):
    w, b = np.zeros(shape=(dim, 1)), 0.0
    assert w.shape == (dim, 1)
    assert type(b) is float
    return w, b


# %% model


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    w, b = initialize_with_zeros(X_train.shape[0])
    assert w.shape == (X_train.shape[0], 1)
    assert type(b) is float
    costs = []

    def report(i, cost):
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after iteration {i}: {cost:f}")

    start = {"W1": w.T, "b1": np.array([[b]])}
    end = training.descend(X_train, Y_train, start, learning_rate, num_iterations, "tanh", report)
    for part, X, Y in (("train", X_train, Y_train), ("test", X_test, Y_test)):
        print("{} accuracy: {} %".format(part, 100 * training.share_right(X, Y, end, "tanh")))
    return {"costs": costs, "w": end["W1"].T, "b": float(end["b1"][0, 0])}


# %% train
logistic_regression_model = model(
    train_set_x, train_set_y, test_set_x, test_set_y, num_iterations=2000, print_cost=True
)
