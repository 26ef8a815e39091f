"""Sorted samples let rounding in; taken in turn, they leave it no chance."""

import numpy as np

from symbreak import datasets, initializers


def running_sum(P):  # the samples one after the other
    return np.cumsum(P, axis=-1)[..., -1:]


def train(x, y):
    start = initializers.partly_random((2, 4, 1), {"b1"}, seed=0)
    W1, b1, W2, b2 = start.values()
    for iteration in range(1000):
        A1 = np.tanh(W1[:, :1] * x[0] + W1[:, 1:] * x[1] + b1)
        Z2 = (W2.T * A1).sum(axis=0, keepdims=True) + b2
        dZ2 = 1 / (1 + np.exp(-Z2)) - y
        dZ1 = W2.T * dZ2 * (1 - A1**2)
        W2 = W2 - 1.2 * running_sum(dZ2 * A1).T / 400
        b2 = b2 - 1.2 * running_sum(dZ2) / 400
        W1 = W1 - 1.2 * running_sum(dZ1[:, None] * x)[..., 0] / 400
        b1 = b1 - 1.2 * running_sum(dZ1) / 400
    return W1, np.mean(np.logaddexp(0, Z2) - y * Z2)


total = running_sum(np.repeat([0.05, -0.05], 200))[0]
print(f"0.05 added 200 times, then subtracted: {total:.1e}")
total = running_sum(np.tile([0.05, -0.05], 200))[0]
print("0.05 added and subtracted in turn: zero is", bool(total == 0))

X, Y = datasets.flower()
in_turn = np.arange(400).reshape(2, 200).T.ravel()
shuffled = np.random.RandomState(0).permutation(400)
orders = {"sorted": range(400), "shuffled": shuffled, "in turn": in_turn}
for name, order in orders.items():
    W1, cost = train(X[:, order], Y[:, order])
    print(f"{name}: cost {cost:.1f}, W1 still zero: {not W1.any()}")
