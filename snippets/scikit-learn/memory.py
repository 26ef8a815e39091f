"""With Adam, partial_fit remembers the random start; fit begins anew."""

import warnings

import numpy as np
from sklearn.datasets import make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore", ConvergenceWarning)
X, y = make_moons(200, noise=0.2, random_state=1)
settings = dict(activation="tanh", learning_rate_init=0.01, random_state=1)
for method in ("partial_fit", "fit"):
    model = MLPClassifier(4, **settings, max_iter=100, warm_start=True)
    model.partial_fit(X, y, classes=[0, 1])  # one step of Adam
    model.coefs_ = [np.full(W.shape, 0.01) for W in model.coefs_]
    model.intercepts_ = [np.zeros(b.shape) for b in model.intercepts_]
    if method == "fit":
        model.fit(X, y)  # 100 steps, from coefs_ as they are
    else:
        for _ in range(100):
            model.partial_fit(X, y)
    print(f"{method}: coefs_")
    print(model.coefs_[0].round(2) + 0.0)
