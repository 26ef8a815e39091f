"""For every parameter, the formula agrees with the slope of the cost."""

import numpy as np

from symbreak import datasets, initializers, network

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
parameters["b1"] = np.array([[0.1], [-0.2], [0.3], [-0.4]])
A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

step = 1e-5
for name, array in parameters.items():
    nudges = step * np.eye(array.size).reshape(-1, *array.shape)
    cost = {}
    for sign in (1, -1):  # one run for each entry that is nudged
        runs = [{**parameters, name: array + sign * e} for e in nudges]
        _, nudged = network.forward(X, initializers.stack(runs))
        cost[sign] = network.compute_cost(nudged["Z2"], Y)
    slopes = (cost[1] - cost[-1]) / (2 * step)
    difference = np.abs(slopes - grads[f"d{name}"].ravel()).max()
    print(
        f"d{name} {array.shape}: largest {np.abs(slopes).max():.4f}, "
        f"differences below 1e-9: {difference < 1e-9}"
    )
