"""The cost of one answer for all samples: by labels, and by formula."""

import numpy as np

from symbreak import datasets

flower = datasets.flower()[1]
unbalanced = datasets.unbalance(*datasets.flower(), label=0, drop=120)[1]
cats = np.array([[1] * 72 + [0] * 137])  # the training labels of Week 4

shares, entropies = {}, {}
for name, Y in {"flower": flower, "280 left": unbalanced, "cats": cats}.items():
    p = np.mean(Y)
    entropy = -p * np.log(p) - (1 - p) * np.log(1 - p)
    shares[name], entropies[name] = p, entropy
    print(f"{name:8}  share of ones {p:.4f}  label entropy {entropy:.4f}")

squared = np.mean((0.5 - flower) ** 2)
classes = {K: -np.log(1 / K) for K in (3, 10)}
print(f"squared error of the answer 0.5: {squared:.2f}")
print(f"equal shares: 3 classes {classes[3]:.3f}, 10 {classes[10]:.3f}")
