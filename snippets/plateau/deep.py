"""Two hidden layers: no direction bends down, and the wait grows as 1/scale."""

import numpy as np

from symbreak import datasets, hessian, initializers, network, show, theory

flower = datasets.flower()
data = {"balanced": flower, "unbalanced": datasets.unbalance(*flower, drop=100)}
for labels, (X, Y) in data.items():
    b3 = np.array([[np.log(Y.mean() / (1 - Y.mean()))]])  # the base rate
    zeros = initializers.zeros((2, 4, 4, 1)) | {"b3": b3}
    values = np.linalg.eigvalsh(hessian.hessian(zeros, X, Y))
    print(f"2-4-4-1, {labels}, Hessian at the base rate:")
    show(smallest=values[0], largest=values[-1])

X, Y = flower
scales, waits = (0.04, 0.02, 0.01, 0.005), {}
for dims in ((2, 4, 1), (2, 4, 4, 1)):
    start = initializers.stack(
        initializers.normal(dims, seed=seed, scale=scale)
        for scale in scales
        for seed in range(10)
    )
    _, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=1000, cost_every=1
    )
    low = theory.label_entropy(Y) - 0.01
    times = (history.costs < low).argmax(axis=0).reshape(4, 10)
    name = "-".join(map(str, dims))
    waits[name] = np.median(times, axis=1).astype(int)
    print(name, "scales", *scales, end=": ")
    print("median wait", *waits[name])
