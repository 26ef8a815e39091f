"""Two zero convolutions in one path learn if x enters between them."""

import numpy as np

from symbreak import show_table

random = np.random.RandomState(0)
x = random.randn(3, 8, 8).reshape(3, 64)  # 3 channels, a column is a pixel
c = random.randn(2, 8, 8).reshape(2, 64)  # the condition, 2 channels
F = random.randn(3, 3)  # the copied block: tanh(F x)
T = np.tanh(random.randn(3, 2) @ c)  # what should be added: depends on c
rows = []
for between in ("x", "nothing"):
    W1, b1 = np.zeros((3, 2)), np.zeros((3, 1))
    W2, b2 = np.zeros((3, 3)), np.zeros((3, 1))
    for step in range(1, 1001):
        Z1 = W1 @ c + b1  # a 1x1 convolution: one product at each pixel
        H = np.tanh(F @ (x + Z1)) if between == "x" else Z1
        dZ2 = W2 @ H + b2 - T  # of half the squared error
        dZ1 = W2.T @ dZ2
        if between == "x":
            dZ1 = F.T @ (dZ1 * (1 - H**2))
        dW1, dW2 = dZ1 @ c.T / 64, dZ2 @ H.T / 64
        db1, db2 = (d.mean(axis=1, keepdims=True) for d in (dZ1, dZ2))
        if step in (1, 2, 1000):
            norms = [f"{np.linalg.norm(d):.3f}" for d in (dW1, dW2, db2)]
            cost = np.sum(dZ2**2) / 128
            rows.append([between, step, *norms, f"{cost:.3f}"])
        W1, b1 = W1 - 0.5 * dW1, b1 - 0.5 * db1
        W2, b2 = W2 - 0.5 * dW2, b2 - 0.5 * db2
best = T.var(axis=1).sum() / 2
rows.append(["predicted", "", "", "", "", f"{best:.3f}"])
show_table(["between", "step", "dW1", "dW2", "db2", "cost"], rows)
