"""At size 0.01 random starts are stuck as well: that is size, not symmetry."""

import numpy as np

from symbreak import datasets, initializers, network, paste

X, Y = datasets.circles(300, seed=1)
dims, size = (2, 10, 5, 1), 0.01
notebook = paste.NOTEBOOKS["initialization"]
notebook_size = notebook.constant
boxes = [
    {key: size / notebook_size * array for key, array in start.items()}
    for start in (
        paste.start("initialization", name, dims)
        for name in notebook.experiments
    )
]
random = [initializers.normal(dims, seed=s, scale=size) for s in range(5)]

_, history = network.train(
    X,
    Y,
    initializers.stack(boxes + random),  # all runs at once
    activation="relu",
    learning_rate=0.01,
    num_iterations=15_000,
    cost_every=1000,
)
far = np.abs(history.costs - np.log(2)).max(axis=0)
stuck = far < 0.0005  # the cost is ln 2 to three decimals, all the time
boxes_all, random_all = len(boxes), len(random)
boxes_stuck, random_stuck = stuck[:boxes_all].sum(), stuck[boxes_all:].sum()
print(f"boxes with {size}: {boxes_stuck} of {boxes_all} stay at ln 2")
print(f"random numbers of size {size}: {random_stuck} of {random_all} do")
