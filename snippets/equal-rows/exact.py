"""In exact fractions, equal ReLU units stay equal, and twice stays twice."""

from fractions import Fraction

import numpy as np

exact = np.vectorize(Fraction, otypes=[object])
X, Y = exact([[1, 1, -1], [0, 2, 1]]), exact([[2, 1, 0]])  # (2, 3), (1, 3)
W1, b1 = exact([[1, 1], [1, 1], [2, 2]]) / 2, exact([[0], [0], [0]])
W2, b2 = exact([[1, 1, 2]]) / 3, exact([[0]])


def update(W1, b1, W2, b2, rate=Fraction(1, 10), m=3):
    A1 = np.maximum(W1 @ X + b1, 0)
    dZ2 = W2 @ A1 + b2 - Y  # of the loss (A2 - Y)^2 / 2, with A2 = Z2
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    dW1, db1 = dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m
    dW2, db2 = dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2


for step in range(6):
    units = np.hstack([W1, b1, W2.T])  # (3, 4): w, b and v of each unit
    equal = (units[1] == units[0]).all()
    twice = (units[2] == 2 * units[0]).all()
    digits = max(len(str(entry.denominator)) for entry in units.flat)
    print(f"step {step}: equal {equal}, twice {twice}, {digits} digits")
    if step < 3:
        for row in units:
            print("   ", *row)
    W1, b1, W2, b2 = update(W1, b1, W2, b2)
