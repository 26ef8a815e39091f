"""Masks on one hidden layer leave the units of the other one tied."""

import numpy as np

from symbreak import datasets, initializers, network, optimizers, show, symmetry

X, Y = datasets.flower()
dims, value = (2, 4, 4, 1), 0.1
for masked in ("D1", "D2"):
    p = initializers.constant(dims, value)
    for iteration in range(300):
        masks = optimizers.dropout_masks(
            dims, 400, keep_prob={masked: 0.8}, seed=iteration
        )
        _, cache = network.forward(X, p, activation="tanh", masks=masks)
        grads = network.backward(p, cache, X, Y, activation="tanh")
        p = network.update(p, grads, learning_rate=0.5)
    print(f"--- {masked}; groups of tied units in layers 1 and 2:")
    print(*(symmetry.tied_groups(p, layer) for layer in (1, 2)))
    show({"[W1 b1]": np.hstack([p["W1"], p["b1"]])}, decimals=3)
    show(W2=p["W2"], decimals=3)
