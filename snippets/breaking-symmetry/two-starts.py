"""Random weights or random biases: the four units come apart either way."""

import numpy as np

from symbreak import datasets, initializers, network, plots, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
starts = {
    "W random, b zero": initializers.normal((2, 4, 1), seed=2, scale=0.01),
    "W zero, b random": initializers.random_biases(
        (2, 4, 1), seed=2, scale=0.01
    ),
}
captions = {
    "W random, b zero": "Random weights: the units differ from the start, "
    "but too little to be seen. The rope comes apart within 100 iterations.",
    "W zero, b random": "Random biases: all weights start at zero. The rope "
    "is at zero, then it comes apart as well.",
}
for name, start in starts.items():
    parameters, history = network.train(
        X,
        Y,
        start,
        activation="tanh",
        learning_rate=1.2,
        num_iterations=10_000,
        snapshots=np.unique(np.geomspace(1, 10_001, 200).astype(int) - 1),
    )
    for when, p, decimals in ("0", start, 4), ("10,000", parameters, 1):
        print(f"--- {name}: iteration {when}")
        rows = np.hstack([p["W1"], p["b1"]])  # [W1 b1], (4, 3)
        show({"[W1 b1]": rows, "W2": p["W2"], "b2": p["b2"]}, decimals)
    fig = plots.threads(history, scale="log", title=name)
    fig.caption = captions[name]
    ends = ", ".join(f"{weight:.1f}" for weight in parameters["W1"][:, 0])
    fig.alt = (
        "Line plot of W1[:, 0] over iterations 0 to 10000: units 1 to 4 start "
        f"as one rope and end, one by one, at {ends}."
    )
