"""Softmax from zero weights: the rows have different targets and separate."""

import numpy as np

from symbreak import show

random = np.random.RandomState(0)
labels = np.repeat([0, 1, 2], 20)
centers = np.array([[2, -1, -1], [0, 2, -2]])  # a column for each class
X = centers[:, labels] + random.randn(2, 60)  # (n_x, m)
Y = np.eye(3)[:, labels]  # (n_y, m), a single one in each column
mean = [X[:, labels == k].mean(axis=1) for k in range(3)]
show({"predicted dW": (X.mean(axis=1) - mean) / 3})

W, b = np.zeros((3, 2)), np.zeros((3, 1))
for iteration in range(200):
    E = np.exp(W @ X + b)
    dZ = E / E.sum(axis=0) - Y  # A - Y
    dW, db = dZ @ X.T / 60, dZ.mean(axis=1, keepdims=True)
    if iteration == 0:
        show({"measured dW ": dW})
    W, b = W - dW, b - db
show(W=W, decimals=2)
right = np.sum(np.argmax(W @ X + b, axis=0) == labels)
print(f"right: {right} of 60")
