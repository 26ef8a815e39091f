"""Equal rows of W1 separate in one step if the output weights differ."""

import numpy as np

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
start = initializers.constant((2, 3, 1))
start["W2"] = np.array([[0.01, 0.02, 0.03]])
after, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=1)
show(W1_before=start["W1"], W1_after=after["W1"], decimals=5)
