"""LoRA: one of two factors may be zero, if the rows of the other differ."""

import numpy as np

from symbreak import show_table

random = np.random.RandomState(0)
left, right = (np.linalg.qr(random.randn(n, 2))[0] for n in (5, 6))
D = left @ np.diag([3, 1]) @ right.T  # the change to learn, (5, 6), rank 2
U_random, V_random = random.randn(2, 6) / 10, random.randn(5, 2) / 10
U_zero, V_zero = np.zeros((2, 6)), np.zeros((5, 2))
starts = {
    "V zero, U random": (V_zero, U_random, 0),
    "V random, U zero": (V_random, U_zero, 0),
    "V zero, U zero": (V_zero, U_zero, (3**2 + 1**2) / 2),
    "V zero, U constant": (V_zero, np.full((2, 6), 0.1), 1**2 / 2),
}
rate, rows = 0.1, []
for name, (V, U, predicted) in starts.items():
    cells = [name]
    for step in range(200):
        G = V @ U - D  # (5, 6), the gradient with respect to VU
        dV, dU = G @ U.T, V.T @ G
        if step < 2:
            sizes = [np.linalg.norm(d) for d in (dV, dU)]
            cells.append("{:.2f}, {:.2f}".format(*sizes))
        V, U = V - rate * dV, U - rate * dU
    cost = np.sum((V @ U - D) ** 2) / 2
    rank = np.linalg.matrix_rank(V @ U, tol=1e-4)
    rows.append([*cells, f"{cost:.2f}", f"{predicted:.2f}", rank])
steps = ["step 1: dV, dU", "step 2"]
show_table(["start", *steps, "cost", "predicted", "rank"], rows)
