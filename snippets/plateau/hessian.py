"""The Hessian at zero weights has the eigenvalues the formulas predict."""

import numpy as np

from symbreak import (
    activations,
    datasets,
    hessian,
    initializers,
    show_table,
    theory,
)

flower = datasets.flower()
data = {"balanced": flower, "unbalanced": datasets.unbalance(*flower, drop=100)}
n_h, rows = 4, []
for activation in ("tanh", "sigmoid"):
    g = activations.ACTIVATIONS[activation]
    at_0 = g.function(np.zeros(1))
    g0, slope = at_0.item(), g.derivative(np.zeros(1), at_0).item()
    for labels, (X, Y) in data.items():
        for b2 in sorted({0.0, np.log(Y.mean() / (1 - Y.mean()))}):
            zeros = initializers.zeros((2, n_h, 1)) | {"b2": np.array([[b2]])}
            H = hessian.hessian(zeros, X, Y, activation=activation)
            computed = np.linalg.eigvalsh(H)  # ascending
            s = slope * np.linalg.norm(theory.signal(X, Y, b2))
            p = activations.sigmoid(b2)
            q = p * (1 - p)
            mixed = np.sqrt(n_h) * g0 * q
            three = np.linalg.eigvalsh(
                [[n_h * g0**2 * q, s, mixed], [s, 0, 0], [mixed, 0, q]]
            )
            pairs = [-s, s] * (n_h - 1)
            predicted = np.sort([*three, *pairs, *np.zeros(2 * n_h)])
            values, counts = np.unique(predicted.round(4), return_counts=True)
            terms = (f"{v:.4f} ({n})" for v, n in zip(values, counts))
            off = np.abs(computed - predicted).max()
            decade = np.log(10) / np.log(1 - 1.2 * predicted[0])
            row = [activation, labels, f"{b2:.4f}", ", ".join(terms)]
            rows.append([*row, f"{off:.7f}", f"{decade:.1f}"])
columns = ["units", "labels", "b2", "predicted (count)", "off by", "per decade"]
show_table(columns, rows)
