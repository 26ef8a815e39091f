"""The check after a run from the constant box: 7 units, 1 different."""

import numpy as np

from symbreak import network, paste

Y = (np.arange(209) < 72)[None].astype(float)
X = np.random.RandomState(0).rand(48, 209)  # noise in place of images
parameters, _ = network.train(
    X,
    Y,
    paste.start("application", "constant", (48, 7, 1)),
    activation="relu",
    learning_rate=0.0075,
    num_iterations=2500,
)
exec(paste.check_box("application"), {"parameters": parameters})
