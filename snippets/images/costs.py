"""Three ways to end on the digits: stuck, one unit, units that differ."""

from symbreak import datasets, initializers, network, plots, theory

X, Y, _, _ = datasets.load_digits(8)
shallow, deep, seeds = (64, 7, 1), (64, 20, 7, 5, 1), range(5)
starts = {
    "2 layers,\nzeros": [initializers.zeros(shallow)],
    "2 layers,\nrandom b": [
        initializers.random_biases(shallow, seed=seed) for seed in seeds
    ],
    "2 layers,\nrandom W / √n": [
        initializers.sqrt_n(shallow, seed=seed) for seed in seeds
    ],
    "4 layers,\nrandom W · 0.01": [
        initializers.normal(deep, seed=seed) for seed in seeds
    ],
}
histories = {}
for name, runs in starts.items():
    _, histories[name] = network.train(
        X,
        Y,
        initializers.stack(runs),
        activation="relu",
        learning_rate=0.3,
        num_iterations=1000,
        cost_every=10,
    )
    last = histories[name].costs[-1]
    label = " ".join(name.split())
    print(f"{label:<26}cost {last.min():.2f} to {last.max():.2f}")

fig = plots.costs(
    histories,
    marks={"label\nentropy": theory.label_entropy(Y)},
    scale="sqrt",
    ylim=(0, 0.7),
    title="Is it an 8?",
)
fig.caption = (
    "Zeros, and four layers of scale 0.01, stop at the label entropy. Zero W "
    "with random b goes on as one unit; units that differ go lower."
)
