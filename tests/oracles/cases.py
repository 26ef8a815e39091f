"""The data and the starts that the oracles share."""

import inspect

from symbreak import datasets, initializers

STEPS = (1, 10, 100)
DEPTHS = {2: (2, 4, 1), 3: (2, 4, 3, 1), 4: (2, 4, 3, 3, 1)}
BALANCED = datasets.flower(60)
LABELS = {"balanced": BALANCED, "unbalanced": datasets.unbalance(*BALANCED, drop=16)}  # 14 to 30


def start(name, layer_dims, seed=1):
    initializer = initializers.INITIALIZERS[name]
    random = "seed" in inspect.signature(initializer).parameters
    return initializer(layer_dims, **({"seed": seed} if random else {}))
