"""Four methods from 0.01: two keep the rope of tanh units, two do not."""

import numpy as np

from symbreak import (
    datasets,
    history,
    initializers,
    network,
    optimizers,
    plots,
    symmetry,
)

X, Y = datasets.flower()
dims, steps = (2, 4, 1), 401
titles = {
    "RMSprop": "RMSprop",
    "one sample": "One random sample per step",
    "dropout": "Dropout on the hidden layer",
    "noise": "Noise on each gradient of W1",
}
for name, title in titles.items():
    random = np.random.RandomState(1)
    p, state, snapshots = initializers.constant(dims, 0.01), {}, {}
    for t in range(steps):
        if t % 4 == 0:
            snapshots[t] = p
        Xt, Yt, masks = X, Y, {}
        update, rate = optimizers.gradient_descent, 0.3
        if name == "one sample":
            i = random.randint(400, size=1)
            Xt, Yt = X[:, i], Y[:, i]
        if name == "dropout":
            masks = optimizers.dropout_masks(dims, 400, keep_prob=0.8, seed=t)
        _, cache = network.forward(Xt, p, masks=masks)
        grads = network.backward(p, cache, Xt, Yt)
        if name == "noise":
            grads["dW1"] += 0.01 * random.randn(4, 2)
        if name == "RMSprop":
            update, rate = optimizers.rmsprop, 0.003
        p, state = update(p, grads, state, learning_rate=rate)
    spread = symmetry.row_spread(p)
    print(f"{title}: row spread {spread:.4f}")
    run = history.History([], [], snapshots)
    fig = plots.threads(run, title=title)
    kept = "The rope holds" if spread < 1e-6 else "The units separate"
    fig.caption = f"{title}. {kept}: row spread {spread:.2f}."
