"""A cost that stands still at the label entropy has learned the base rate."""

import numpy as np

from symbreak import theory

for ones, m in (1, 2), (72, 209), (1, 10):
    Y = np.arange(m)[None] < ones
    level = theory.label_entropy(Y)
    print(f"{ones:3} of {m:3} labels are 1: label entropy {level:.4f}")
