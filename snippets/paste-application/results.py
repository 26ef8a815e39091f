"""While W1 is zero, no pixel reaches the network: any images, these costs."""

import numpy as np

from symbreak import network, paste, show_table, symmetry

m, cats = 209, 72  # the training images of the notebook
Y = (np.arange(m) < cats)[None].astype(float)
X = np.random.RandomState(0).rand(48, m)  # noise in place of images
size = paste.NOTEBOOKS["application"].constant

printed = (0, 100, 1000, 2400)
rows = []
for box in ("zeros", "w1-zero"):
    for dims in ((48, 7, 1), (48, 20, 7, 5, 1)):
        p, history = network.train(
            X,
            Y,
            paste.start("application", box, dims),
            activation="relu",
            learning_rate=0.0075,
            num_iterations=2500,
            cost_every=100,
        )
        costs = [f"{history.costs[i // 100]:.9f}"[:5] for i in printed]
        units = len(symmetry.tied_groups(p, kind="factor", rtol=1e-4))
        row = [f"[{box}](#paste-application-{box})", len(dims) - 1, *costs]
        W1 = "moved" if p["W1"].any() else "zero"
        rows.append([*row, W1, f"{units} different"])
show_table(["box", "layers", *printed, "W1", "layer 1"], rows)
