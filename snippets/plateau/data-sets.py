"""The predicted iterations per decade are the measured ones on other data."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, theory

flower, moons = datasets.flower(), datasets.moons(seed=1)
blobs = datasets.blobs(seed=1)
data = {
    "flower": flower,
    "flower, 100 of class 0 less": datasets.unbalance(*flower, drop=100),
    "moons": moons,
    "moons, 60 of class 1 less": datasets.unbalance(*moons, label=1, drop=60),
    "blobs": blobs,
    "blobs, 50 of class 0 less": datasets.unbalance(*blobs, drop=50),
}
decades, seeds = np.arange(1, 12), range(5)  # scales 0.1 ... 1e-11
start = initializers.stack(
    initializers.normal((2, 4, 1), seed=seed, scale=10.0**-d)
    for seed in seeds
    for d in decades
)
rows, off = [], []
for name, (X, Y) in data.items():
    s = np.linalg.norm(theory.signal(X, Y))
    for rate in (1.2, 0.3):
        per_decade = np.log(10) / np.log(1 + rate * s)
        _, history = network.train(
            X,
            Y,
            start,
            learning_rate=rate,
            num_iterations=int(12 * per_decade) + 60,
            cost_every=1,
        )
        low = theory.label_entropy(Y) - 0.01
        times = (history.costs < low).argmax(axis=0).reshape(5, -1)
        slope = np.polyfit(decades, times.T, 1)[0].mean()
        times = f"{per_decade:.2f}", f"{slope:.2f}"
        off.append(slope / per_decade - 1)
        rows.append([name, f"{s:.3f}", str(rate), *times, f"{off[-1]:+.1%}"])
columns = ["data", "signal", "rate", "predicted", "measured", "difference"]
show_table(columns, rows)
largest = np.abs(off).max()
