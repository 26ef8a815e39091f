"""Three ways to end on the digits: stuck, one unit, units that differ."""

from symbreak import datasets, initializers, network, plots, theory

X, Y, _, _ = datasets.load_digits(8)
shallow, deep, seeds = (64, 7, 1), (64, 20, 7, 5, 1), range(3)
starts = {
    "2 layers, zeros": [initializers.zeros(shallow)],
    "2 layers, random b": [
        initializers.random_biases(shallow, seed=seed) for seed in seeds
    ],
    "2 layers, random W / √n": [
        initializers.sqrt_n(shallow, seed=seed) for seed in seeds
    ],
    "4 layers, random W · 0.01": [
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
        num_iterations=500,
        cost_every=10,
    )
    last = histories[name].costs[-1]
    print(f"{name:<26}cost {last.min():.2f} to {last.max():.2f}")

short = ["zeros", "random b", "W / √n", "4 layers"]  # beside the ends
fig = plots.costs(
    dict(zip(short, histories.values())),
    marks={"entropy": theory.label_entropy(Y)},
    scale="sqrt",
    ylim=(0, 0.7),
    title="Is it an 8?",
)
fig.caption = (
    "Two layers from zeros, and four layers of scale 0.01, stop at the label "
    "entropy. Two layers with zero W and random b go on as one unit; with "
    "random W / √n, units that differ go lower."
)
