"""With x added to each branch, every branch may end in a zero matrix."""

import numpy as np

from symbreak import activations, datasets, show_table

X, Y = datasets.flower()  # (2, 400), (1, 400)
m, shapes = 400, {"w": (1, 2), "V": (3, 2, 8), "U": (3, 8, 2)}
starts = {  # what is zero, is x added: first steps of w, V, U predicted
    "V": ("V", 1, "1 1 2"),
    "V and w": ("Vw", 1, "1 2 3"),
    "V and U": ("VU", 1, "1 never never"),
    "V, no x added": ("V", 0, "never never never"),
}
rate, rows = 0.1, []
for name, (zero, skip, predicted) in starts.items():
    draw, first = np.random.RandomState(0).randn, {}
    p = {k: draw(*shape) / 4 * (k not in zero) for k, shape in shapes.items()}
    for step in range(1, 2001):
        A, H = [X], []
        for U, V in zip(p["U"], p["V"]):  # three branches
            H.append(np.tanh(U @ A[-1]))  # (8, m)
            A.append(skip * A[-1] + V @ H[-1])  # (2, m)
        dZ = activations.sigmoid(p["w"] @ A[-1]) - Y  # (1, m)
        dA, dU, dV = p["w"].T @ dZ, 0 * p["U"], 0 * p["V"]
        for k in (2, 1, 0):
            dZ1 = p["V"][k].T @ dA * (1 - H[k] ** 2)  # (8, m)
            dU[k], dV[k] = dZ1 @ A[k].T / m, dA @ H[k].T / m
            dA = skip * dA + p["U"][k].T @ dZ1
        grads = {"w": dZ @ A[-1].T / m, "V": dV, "U": dU}
        for k, gradient in grads.items():
            if np.abs(gradient).max() > 1e-9:
                first.setdefault(k, step)
            p[k] = p[k] - rate * gradient
    measured = " ".join(str(first.get(k, "never")) for k in p)
    accuracy = np.mean((p["w"] @ A[-1] > 0) == Y)
    rows.append([name, predicted, measured, f"{accuracy:.0%}"])
show_table(["zero", "w V U predicted", "measured", "accuracy"], rows)
