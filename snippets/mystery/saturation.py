"""Large biases put tanh where its slope is almost zero."""

import numpy as np

from symbreak import initializers

print("| scale | mean size of tanh(b) | mean slope | smallest slope |")
print("|---|---|---|---|")
for scale in (0.01, 0.1, 1, 10, 100):
    b = initializers.random_biases((2, 4000, 1), seed=0, scale=scale)["b1"]
    slope = 1 / np.cosh(np.clip(b, -300, 300)) ** 2
    smallest = f"{slope.min():.4f}" if slope.min() > 1e-4 else "below 0.0001"
    print(f"| {scale:g} | {np.abs(np.tanh(b)).mean():.3f} ", end="")
    print(f"| {slope.mean():.3f} | {smallest} |")
