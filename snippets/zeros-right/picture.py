"""One zero matrix: it moves, then all do. Two: no weight moves."""

import numpy as np

from symbreak import datasets, initializers, network, plots

X, Y = datasets.flower()
names = ["W1", "W2", "W3"]
captions = {
    "W3": "One zero: step 1 moves only the zero matrix, step 2 moves all.",
    "W2 W3": "Two zeros: all gradients of weights are zero, and stay zero.",
}
for zeros, caption in captions.items():
    start = initializers.sqrt_n((2, 4, 4, 1), seed=0)
    start |= {name: np.zeros_like(start[name]) for name in zeros.split()}
    _, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=4, snapshots=range(4)
    )
    title = f"Zero at the start: {zeros}"
    fig, ax = plots.panel(title, xlabel="step", height=2)
    ax.set(xlim=(0.5, 4.5), ylim=(2.5, -0.5), xticks=range(1, 5))
    ax.set_yticks(range(3), [f"norm of d{name}" for name in names])
    said = []
    for iteration, p in history.snapshots.items():
        grads = network.backward(p, network.forward(X, p)[1], X, Y)
        norms = [np.linalg.norm(grads[f"d{name}"]) for name in names]
        for row, norm in enumerate(norms):
            color = plots.COLORS["accent" if norm > 1e-9 else "muted"]
            box = {"color": color, "alpha": 0.12, "linewidth": 0, "pad": 6}
            text = {"ha": "center", "va": "center", "color": color}
            cell = f"{norm:.3f}" if norm else "0"
            ax.text(iteration + 1, row, cell, bbox=box, **text)
            said.append(cell)
    fig.alt = f"Norms of dW1, dW2, dW3, step by step: {', '.join(said)}."
    fig.caption = caption
