"""In scikit-learn, zeros are stuck, a constant makes copies."""

import numpy as np
from sklearn.datasets import make_moons
from sklearn.neural_network import MLPClassifier

X, y = make_moons(200, noise=0.2, random_state=1)
losses = {}
for start in ("zeros", "constant", "default"):
    model = MLPClassifier(
        4, activation="tanh", solver="sgd", learning_rate_init=0.5, momentum=0,
        alpha=0, batch_size=200, shuffle=False, random_state=1,
    )  # fmt: skip
    model.partial_fit(X, y, classes=[0, 1])  # one step, to have coefs_
    if start != "default":
        value = 0.01 * (start == "constant")
        model.coefs_ = [np.full(W.shape, value) for W in model.coefs_]
        model.intercepts_ = [np.zeros(b.shape) for b in model.intercepts_]
    for _ in range(1000):
        model.partial_fit(X, y)  # one step on all samples
    losses[start] = model.loss_
    print(f"{start}: loss {losses[start]:.2f}, coefs_ of the hidden layer")
    print(model.coefs_[0].round(2) + 0.0)
