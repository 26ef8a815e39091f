"""From a constant, more units are no better: copies are one unit."""

from symbreak import datasets, network, paste

X, Y = datasets.flower()
for n_h in (1, 2, 4):
    p, _ = network.train(
        X,
        Y,
        paste.start("planar", "constant", (2, n_h, 1)),
        activation="tanh",
        learning_rate=1.2,
        num_iterations=5000,
    )
    accuracy = network.accuracy(p, X, Y, activation="tanh")
    spread = (p["W1"].max(axis=0) - p["W1"].min(axis=0)).max()
    print(f"n_h = {n_h}: accuracy {accuracy:.2f}, rows differ by {spread:.4f}")
