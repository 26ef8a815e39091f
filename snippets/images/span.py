"""Training moves W1 only within the span of the samples: few coordinates do."""

import numpy as np

from symbreak import gram, initializers, network

n_x, m, n_1 = 12288, 60, 7
random = np.random.RandomState(0)
X, Y = random.rand(n_x, m), (np.arange(m) % 3 == 0)[None].astype(float)
start = initializers.normal((n_x, n_1, 1), seed=1)
setting = {
    "learning_rate": 0.0075,
    "num_iterations": 100,
    "activation": "relu",
    "cost_every": 1,
}
plain, all_features = network.train(X, Y, start, **setting)
small, coordinates = gram.train(X, Y, start, **setting)
cost = np.abs(all_features.costs - coordinates.costs).max()
W1 = np.abs(plain["W1"] - small["W1"]).max()
print(f"largest difference in 100 iterations: cost {cost:.10f}, W1 {W1:.10f}")
print("multiplications for W1 in one iteration:", end=" ")
print(f"{2 * n_1 * n_x * m:,} and {2 * n_1 * m * m:,}")
