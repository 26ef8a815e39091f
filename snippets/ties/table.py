"""Only what treats units differently tells them apart, within 200 steps."""

from types import SimpleNamespace

import numpy as np

from symbreak import datasets, initializers, network, optimizers, show_table

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
    "noise on each gradient": dict(noise_W=0.01),
}
values, limit = (0.01, 0), 1e-6
start = initializers.stack(
    initializers.constant((2, 4, 1), value) for value in values
)
rows = []
for name, changes in methods.items():
    o = SimpleNamespace(**plain | changes)
    update = optimizers.OPTIMIZERS[o.rule]
    randn, batches = np.random.RandomState(0).randn, []
    runs = {g: (start, {}) for g in ("tanh", "sigmoid", "relu")}
    for t in range(200):
        batches = batches or optimizers.mini_batches(400, o.size, seed=t)
        i = batches.pop()
        Xt, Yt = X[:, i] + o.noise_X * randn(2, len(i)), Y[:, i]
        D = optimizers.dropout_masks(
            (2, 4, 1), len(i), keep_prob=o.keep, seed=t
        )
        noise = {W: o.noise_W * randn(*start[W].shape) for W in ("W1", "W2")}
        for g, (p, state) in runs.items():
            _, cache = network.forward(Xt, p, activation=g, masks=D)
            grads = network.backward(p, cache, Xt, Yt, activation=g)
            for W in noise:
                grads["d" + W] += o.lambd / len(i) * p[W] + noise[W]
            runs[g] = update(p, grads, state, learning_rate=o.rate)
    cells = []
    for k in range(len(values)):
        for p, _ in runs.values():
            units = np.hstack([p["W1"][k], p["b1"][k], p["W2"][k].T])  # (4, 4)
            spread = np.ptp(units, axis=0).max()
            tied = "equal" if units.any() else "zero"
            cells.append(tied if spread < limit else f"{spread:.2f}")
    rows.append([name, *cells])
columns = [f"{value}, {g}" for value in values for g in runs]
show_table(["method", *columns], rows)
