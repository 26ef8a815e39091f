"""A mask per unit parts the units; one mask for all of them does not."""

import numpy as np

from symbreak import datasets, initializers, network, optimizers, show, symmetry

X, Y = datasets.flower()
draw = optimizers.dropout_masks((2, 4, 1), 400, keep_prob=0.8, seed=0)
print("Seed 0, first step: D1 of the first 6 samples, dW2 over all 400.")
show(D1=draw["D1"][:, :6], decimals=2)
for value, g in ((0.01, "tanh"), (0, "tanh"), (0, "sigmoid")):
    p = initializers.constant((2, 4, 1), value)
    _, cache = network.forward(X, p, activation=g, masks=draw)
    grads = network.backward(p, cache, X, Y, activation=g)
    show({f"dW2 from {value}, {g}": grads["dW2"]})

print("5 seeds, 1000 iterations: smallest row spread; accuracy")
for value, g in ((0.01, "tanh"), (0.01, "sigmoid"), (0, "sigmoid")):
    for rows, masks in ((4, "a mask per unit"), (1, "one mask for all")):
        start = initializers.constant((2, 4, 1), value)
        p = initializers.stack([start] * 5)
        rand = np.random.RandomState(0).rand
        for iteration in range(1000):
            D1 = (rand(5, rows, 400) < 0.8) / 0.8  # inverted dropout
            D1 = D1.repeat(4 // rows, axis=1)  # (5, 4, 400)
            _, cache = network.forward(X, p, activation=g, masks={"D1": D1})
            grads = network.backward(p, cache, X, Y, activation=g)
            p = network.update(p, grads, learning_rate=1.2)
        spread = symmetry.row_spread(p).min()
        a = network.accuracy(p, X, Y, activation=g)
        print(f"from {value}, {g}, {masks}:", end=" ")
        print(f"{spread:.1f}; {a.min():.2f} to {a.max():.2f}")
