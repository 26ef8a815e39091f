"""At zero, all of A is one half: the data make the gradient."""

import numpy as np

from symbreak import datasets, logistic, show

X, Y = datasets.moons(seed=1, noise=0.2)  # (2, 200), (1, 200)
w, b = np.zeros((2, 1)), 0.0

A = logistic.forward(w, b, X)
loss = -Y * np.log(A) - (1 - Y) * np.log(1 - A)
print("The first three samples of 200:")
show(Y=Y[:, :3], decimals=0)
show(A=A[:, :3], loss=loss[:, :3], dZ=(A - Y)[:, :3])

grads, cost = logistic.propagate(w, b, X, Y)  # <- dw = X (A - Y)^T / m
print(f"iteration 0, cost {cost:.4f}")
show(grads)

nudge = 1e-5 * np.array([[1.0], [0.0]])
_, cost_up = logistic.propagate(w + nudge, b, X, Y)
_, cost_down = logistic.propagate(w - nudge, b, X, Y)
slope = (cost_up - cost_down) / 2e-5
show(slope_along_w0=slope)

for num_iterations in (1, 1000):
    parameters, history = logistic.train(
        X,
        Y,
        {"w": w, "b": b},
        learning_rate=1.0,
        num_iterations=num_iterations,
    )
    print(f"iteration {num_iterations}, cost {history.costs[-1]:.4f}")
    show(parameters)
print(f"accuracy {logistic.accuracy(**parameters, X=X, Y=Y):.0%}")
