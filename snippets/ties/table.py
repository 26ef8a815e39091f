"""Only what treats units differently tells them apart, within 200 steps."""

from itertools import product
from types import SimpleNamespace

import numpy as np

from symbreak import datasets, initializers, network
from symbreak.optimizers import OPTIMIZERS, dropout_masks, mini_batches

X, Y = datasets.flower()
plain = dict(rule="gradient_descent", rate=1.2, size=400, keep={})
plain |= dict(lambd=0, noise_X=0, noise_W=0)
methods = {
    "gradient descent": {},
    "momentum": dict(rule="momentum"),
    "RMSprop": dict(rule="rmsprop", rate=0.01),
    "Adam": dict(rule="adam", rate=0.01),
    "mini-batches of 64": dict(size=64),
    "batch size 1": dict(size=1, rate=0.1),
    "L2": dict(lambd=1),
    "noise on the inputs": dict(noise_X=0.3),
    "dropout on the inputs": dict(keep={"D0": 0.8}),
    "dropout on the hidden layer": dict(keep={"D1": 0.8}),
    "noise on each weight": dict(noise_W=0.01),
}
starts = list(product((0.01, 0), ("tanh", "sigmoid", "relu")))
print("| method |", *(f"{value}, {g} |" for value, g in starts))
print("|---" * 7 + "|")
for name, changes in methods.items():
    o = SimpleNamespace(**plain | changes)
    print(f"| {name} |", end="")
    for value, g in starts:
        p, state = initializers.constant((2, 4, 1), value), {}
        randn, batches = np.random.RandomState(0).randn, []
        for t in range(200):
            batches = batches or mini_batches(400, o.size, seed=t)
            i = batches.pop()
            Xt, Yt = X[:, i] + o.noise_X * randn(2, len(i)), Y[:, i]
            D = dropout_masks((2, 4, 1), len(i), keep_prob=o.keep, seed=t)
            _, cache = network.forward(Xt, p, activation=g, masks=D)
            grads = network.backward(p, cache, Xt, Yt, activation=g)
            for W in ("W1", "W2"):
                grads["d" + W] += o.lambd / len(i) * p[W]
                grads["d" + W] += o.noise_W * randn(*p[W].shape)
            update = OPTIMIZERS[o.rule]
            p, state = update(p, grads, state, learning_rate=o.rate)
        units = np.hstack([p["W1"], p["b1"], p["W2"].T])  # (4, 4)
        spread = np.ptp(units, axis=0).max()
        tied = "equal" if units.any() else "zero"
        print(f" {tied if spread < 1e-6 else f'{spread:.2f}'} |", end="")
    print()
