"""With W2 = 0 no error reaches layer 1; with A1 = 0 none reaches W2."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

X, Y = datasets.flower()
start = initializers.normal((2, 4, 1), seed=1, scale=0.5)
W1_zero = {**start, "W1": np.zeros((4, 2))}  # <- b1 is zero too, so A1 = 0
W2_zero = {**start, "W2": np.zeros((1, 4))}
cases = {
    "random W1, random W2": start,
    "random W1, W2 = 0": W2_zero,
    "W1 = 0, so A1 = 0, random W2": W1_zero,
    "W1 = 0, so A1 = 0, W2 = 0": {**W1_zero, "W2": W2_zero["W2"]},
}
names, rows = ["dZ2", "dW2", "dZ1", "dW1"], []
for name, parameters in cases.items():
    A2, cache = network.forward(X, parameters, activation="tanh")
    grads = network.backward(parameters, cache, X, Y, activation="tanh")
    rows.append([name, *(f"{np.abs(grads[d]).max():.3f}" for d in names)])
show_table(["largest absolute value", *names], rows)
