"""Initialization, from 2021 on."""

# ruff: noqa: F403, F405, F821, N816, RUF100
# %% imports
import numpy as np

from hosts import training

# %% load_dataset
train_X, train_Y, test_X, test_Y = circle_data()  # given by the test: int labels

# %% model


def model(X, Y, learning_rate=0.01, num_iterations=15000, print_cost=True, initialization="he"):
    layers_dims = [X.shape[0], 10, 5, 1]

    def report(i, cost):
        if print_cost and i % 1000 == 0:
            print(f"Cost after iteration {i}: {cost}")

    starts = {
        "zeros": lambda: initialize_parameters_zeros(layers_dims),
        "he": lambda: initialize_parameters_he(layers_dims),
    }
    start = starts[initialization]()
    return training.descend(X, Y, start, learning_rate, num_iterations, "relu", report)


def predict(X, Y, parameters):
    print("Accuracy: " + str(training.share_right(X, Y, parameters, "relu")))


# %% initialize_parameters_zeros


def filled(layers_dims, fill):
    sizes = list(zip(layers_dims[1:], layers_dims[:-1]))
    weights = {f"W{k}": fill(size) for k, size in enumerate(sizes, 1)}
    return dict(weights, **{f"b{k}": np.zeros((n, 1)) for k, (n, _) in enumerate(sizes, 1)})


def initialize_parameters_zeros(layers_dims):
    return filled(layers_dims, np.zeros)


# %% public_tests
assert not any(array.any() for array in initialize_parameters_zeros([3, 2, 1]).values())

# %% train
parameters = model(train_X, train_Y, initialization="zeros")
print("On the train set:")
predict(train_X, train_Y, parameters)
print("On the test set:")
predict(test_X, test_Y, parameters)

# %% initialize_parameters_he


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    return filled(layers_dims, lambda size: np.random.standard_normal(size) * (2 / size[1]) ** 0.5)


# %% train he
parameters = model(train_X, train_Y, initialization="he")
predict(train_X, train_Y, parameters)
predict(test_X, test_Y, parameters)
