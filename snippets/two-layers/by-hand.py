"""All six gradients of a 2-2-1 network, small enough to check by hand."""

import numpy as np

from symbreak import network, show

X = np.array([[1, 2], [0, 1]])  # two samples, one in each column
Y = np.array([[0, 1]])
parameters = {
    "W1": np.log(3) / 2 * np.array([[1, -3], [2, -4]]),
    "b1": np.zeros((2, 1)),
    "W2": np.array([[4, -5]]),
    "b2": np.array([[2 + np.log(3)]]),
}
A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

show(A1=cache["A1"], A2=A2, decimals=3)
show(grads, decimals=3)
