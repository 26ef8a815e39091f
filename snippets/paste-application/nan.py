"""Where a prediction is exactly 1, the notebook's dZ2 is 0/0; A2 - Y is not."""

import numpy as np

from symbreak import show_table

rows = []
for Y, Z2 in ((1.0, 10.0), (1.0, 36.0), (1.0, 37.0), (0.0, 37.0)):
    A2 = 1 / (1 + np.exp(-Z2))
    with np.errstate(all="ignore"):  # 0 / 0 and 1 / 0
        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dZ2 = dA2 * A2 * (1 - A2)
    row = [f"{Y:.0f}", f"{Z2:.0f}", f"{A2:.16f}"]
    rows.append([*row, f"{dA2:.4f}", f"{dZ2:.1e}", f"{A2 - Y:.1e}"])
show_table(["Y", "Z2", "A2", "dA2", "dA2 * A2 * (1 - A2)", "A2 - Y"], rows)
