"""Initialization, before 2021."""

# ruff: noqa: F403, F405, F821, N803, N806, N816, RUF100, UP031, UP032
# %% imports
import numpy as np

from hosts import arithmetic

# %% load_dataset
train_X, train_Y, test_X, test_Y = circle_data()  # given by the test: int labels

# %% model


def model(X, Y, learning_rate=0.01, num_iterations=15000, print_cost=True, initialization="he"):
    layers_dims = [X.shape[0], 10, 5, 1]

    def report(i, cost):
        if print_cost and i % 1000 == 0:
            print("Cost after iteration {}: {}".format(i, cost))

    if initialization == "zeros":
        start = initialize_parameters_zeros(layers_dims)
    elif initialization == "he":
        start = initialize_parameters_he(layers_dims)
    return arithmetic.descend(
        X, Y, start, learning_rate, num_iterations, arithmetic.INITIALIZATION, report
    )


def predict(X, y, parameters):  # in init_utils.py
    p = np.zeros((1, X.shape[1]), dtype=np.int)
    p[arithmetic.over_half(X, parameters, arithmetic.relu)] = 1
    print("Accuracy: " + str(np.mean(p[0, :] == y[0, :])))
    return p


# %% initialize_parameters_zeros
# GRADED FUNCTION: initialize_parameters_zeros


def filled(layers_dims, fill):
    sizes = list(zip(layers_dims[1:], layers_dims[:-1]))
    weights = {f"W{k}": fill(size) for k, size in enumerate(sizes, 1)}
    return dict(weights, **{f"b{k}": np.zeros((n, 1)) for k, (n, _) in enumerate(sizes, 1)})


def initialize_parameters_zeros(layers_dims):
    return filled(layers_dims, np.zeros)


# %% test initialize_parameters_zeros
parameters = initialize_parameters_zeros([3, 2, 1])
for name in ("W1", "b1", "W2", "b2"):
    print(name + " = " + str(parameters[name]))

# %% train
parameters = model(train_X, train_Y, initialization="zeros")
print("On the train set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)

# %% initialize_parameters_he
# GRADED FUNCTION: initialize_parameters_he


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    return filled(layers_dims, lambda size: np.random.randn(*size) * np.sqrt(2.0 / size[1]))


# %% test initialize_parameters_he
parameters = initialize_parameters_he([2, 4, 1])

# %% train he
parameters = model(train_X, train_Y, initialization="he")
print("On the train set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)
