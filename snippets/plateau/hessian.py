"""The Hessian at zero weights has the eigenvalues the formulas predict."""

import numpy as np

from symbreak import datasets, initializers, theory
from symbreak.hessian import hessian

flower = datasets.flower()
data = {"balanced": flower, "unbalanced": datasets.unbalance(*flower, drop=100)}
print("| units | labels | b2 | predicted (count) | off by | per decade |")
print("|---" * 6 + "|")
for activation in ("tanh", "sigmoid"):
    for labels, (X, Y) in data.items():
        for b2 in sorted({0.0, np.log(Y.mean() / (1 - Y.mean()))}):
            zeros = initializers.zeros((2, 4, 1)) | {"b2": np.array([[b2]])}
            H = hessian(zeros, X, Y, activation=activation)
            computed = np.linalg.eigvalsh(H)  # ascending
            predicted = theory.hessian_eigenvalues(
                X, Y, 4, activation=activation, b2=b2
            )
            values, counts = np.unique(predicted.round(4), return_counts=True)
            terms = (f"{v:.4f} ({n})" for v, n in zip(values, counts))
            off = np.abs(computed - predicted).max()
            print(f"| {activation} | {labels} | {b2:.4f} |", end=" ")
            print(", ".join(terms), f"| {off:.7f}", end=" | ")
            print(f"{theory.growth_time(10, -predicted[0], 1.2):.1f} |")
