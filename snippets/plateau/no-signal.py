"""No signal: half the scale, four times the wait. Adam hardly waits."""

import numpy as np

from symbreak import datasets, initializers, network, optimizers, show, theory


def runs(scales):  # ten seeds of each
    return initializers.stack(
        initializers.normal((2, 4, 1), seed=seed, scale=scale)
        for scale in scales
        for seed in range(10)
    )


def median_waits(costs):  # (iteration, run)
    times = (costs < np.log(2) - 0.01).argmax(axis=0)
    return np.median(times.reshape(-1, 10), axis=1).astype(int)


X, Y = np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])
show(signal=theory.signal(X, Y).T)
scales = 0.4, 0.2, 0.1, 0.05
_, history = network.train(
    X, Y, runs(scales), learning_rate=1.2, num_iterations=3000, cost_every=1
)
corners = median_waits(history.costs)
print("corners of XOR, gradient descent: scales", *scales, "wait", *corners)

X, Y = datasets.flower()
scales = 1e-2, 1e-4, 1e-6, 1e-8
parameters, state, costs = runs(scales), {}, []
for _ in range(50):
    A2, cache = network.forward(X, parameters)
    costs.append(network.compute_cost(cache["Z2"], Y))
    grads = network.backward(parameters, cache, X, Y)
    parameters, state = optimizers.adam(
        parameters, grads, state, learning_rate=0.01
    )
adam = median_waits(np.array(costs))
print("flower, Adam: scales", *scales, "wait", *adam)
