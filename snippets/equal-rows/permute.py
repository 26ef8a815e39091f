"""Permute the units, then differentiate, or the other way: the same."""

import numpy as np

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 3, 1), seed=1, scale=0.5)
first, second = [2, 1, 0, 3], [1, 2, 0]  # new orders of the two hidden layers


def permute(p):
    return {
        "W1": p["W1"][first],
        "b1": p["b1"][first],
        "W2": p["W2"][second][:, first],
        "b2": p["b2"][second],
        "W3": p["W3"][:, second],
        "b3": p["b3"],
    }


for activation in ("tanh", "sigmoid", "relu"):
    costs, gradients = [], []
    for p in (parameters, permute(parameters)):
        _, cache = network.forward(X, p, activation=activation)
        grads = network.backward(p, cache, X, Y, activation=activation)
        costs.append(network.compute_cost(cache["Z3"], Y))
        gradients.append({name: grads[f"d{name}"] for name in p})
    at_start, at_permuted = gradients
    expected = permute(at_start)
    if activation == "tanh":
        show(dW1=at_start["W1"], dW1_permuted_network=at_permuted["W1"])
    off = max(np.abs(at_permuted[k] - expected[k]).max() for k in expected)
    print(f"{activation}: costs {costs[0]:.12f} {costs[1]:.12f},", end=" ")
    print(f"gradients differ by {off:.12f}")
