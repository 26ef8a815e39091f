"""The data and the starts that the oracles share."""

from functools import partial

import starts

from symbreak import datasets

STEPS = (1, 10, 100)
DEPTHS = {2: (2, 4, 1), 3: (2, 4, 3, 1), 4: (2, 4, 3, 3, 1)}
BALANCED = datasets.flower(60)
LABELS = {"balanced": BALANCED, "unbalanced": datasets.unbalance(*BALANCED, drop=16)}  # 14 to 30
start = partial(starts.start, seed=1)
