"""Logistic regression leaves zero unless dw and db are both zero."""

import numpy as np

from symbreak import datasets, logistic, show

corners, odd = datasets.xor(4, seed=0, noise=0)
sets = {
    "dw = 0 alone": ([[2.0, 1.0, 1.0]], [[1.0, 0.0, 0.0]]),
    "db = 0 alone": ([[1.0, 2.0]], [[0.0, 1.0]]),
    "both zero": (corners, odd),
}
for name, (X, Y) in sets.items():
    X, Y = np.array(X), np.array(Y)
    zero = {"w": np.zeros((X.shape[0], 1)), "b": 0.0}
    grads, cost = logistic.propagate(**zero, X=X, Y=Y)
    print(f"--- {name}")
    show(X=X, Y=Y, decimals=0)
    show(dw=grads["dw"].T, db=grads["db"], cost=cost)
    _, history = logistic.train(
        X, Y, zero, learning_rate=1.0, num_iterations=100
    )
    show(cost_after_100=history.costs[-1])

elsewhere = {"w": np.array([[2.0], [-1.0]]), "b": 1.0}
parameters, history = logistic.train(
    corners, odd, elsewhere, learning_rate=1.0, num_iterations=200
)
print("--- the last set from w = (2, -1), b = 1, after 200 iterations")
show(w=parameters["w"].T, b=parameters["b"], cost=history.costs[-1])
