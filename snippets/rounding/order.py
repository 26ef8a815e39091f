"""The last digit of a sum depends on the order in which it is added."""

import itertools
import math

import numpy as np

a, b = (0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3)
print("(0.1 + 0.2) + 0.3 =", a)
print("0.1 + (0.2 + 0.3) =", b, f"less by {a - b:.1e}")

orders = list(itertools.permutations([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]))
running = {(((((u + v) + w) + x) + y) + z) for u, v, w, x, y, z in orders}
print(f"0.1 + ... + 0.6 in all {len(orders)} orders: {len(running)} results,")
print(f"apart by {max(running) - min(running):.1e} at most")
print("math.fsum:", len({math.fsum(order) for order in orders}), "result")

gaps = {}
for dtype in (np.float64, np.float32):
    gaps[dtype.__name__] = digits = np.spacing(dtype(0.01))
    print(f"next to 0.01, {dtype.__name__} numbers are {digits:.1e} apart")
