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
    "by too little to see. The rope frays within 100 iterations.",
    "W zero, b random": "Random biases: all weights start at zero. The rope "
    "is at zero, then it frays as well.",
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
    print(f"--- {name}: start")
    show(start)
    print("after 10,000 iterations")
    show(parameters, decimals=2)
    fig = plots.threads(history, scale="log", title=name)
    fig.caption = captions[name]
