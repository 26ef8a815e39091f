"""Large biases put tanh where its slope is almost zero."""

import numpy as np

from symbreak import initializers, show_table

rows, slopes = [], {}
for scale in (0.01, 0.1, 1, 10, 100):
    b = initializers.random_biases((2, 4000, 1), seed=0, scale=scale)["b1"]
    slope = 1 / np.cosh(np.clip(b, -300, 300)) ** 2
    slopes[f"{scale:g}"] = slope.mean()
    smallest = f"{slope.min():.4f}" if slope.min() > 1e-4 else "below 0.0001"
    means = [f"{x.mean():.3f}" for x in (np.abs(np.tanh(b)), slope)]
    rows.append([f"{scale:g}", *means, smallest])
columns = ["scale", "mean size of tanh(b)", "mean slope", "smallest slope"]
show_table(columns, rows)
