"""What the Week 3 notebook prints with each box: cost, accuracy, units."""

from symbreak import datasets, initializers, network, paste, symmetry

X, Y = datasets.flower()
dims = (2, 4, 1)
starts = {
    f"[{name}](#paste-planar-{name})": paste.start("planar", name, dims)
    for name in paste.NOTEBOOKS["planar"].experiments
}
starts["no box, older notebook"] = initializers.normal(dims, seed=2)
starts["no box, newer notebook"] = initializers.normal(dims, seed=3)

p, history = network.train(
    X,
    Y,
    initializers.stack(starts.values()),  # all runs at once
    activation="tanh",
    learning_rate=1.2,
    num_iterations=10_000,
    cost_every=1000,
)
accuracy = network.accuracy(p, X, Y, activation="tanh")

print("| box | cost at 0 | at 1000 | at 9000 | accuracy | different units |")
print("|---|---|---|---|---|---|")
for run, name in enumerate(starts):
    one = {key: array[run] for key, array in p.items()}
    units = len(symmetry.tied_groups(one, kind="sign", rtol=1e-4))
    costs = " | ".join(f"{cost:.3f}" for cost in history.costs[[0, 1, 9], run])
    print(f"| {name} | {costs} | {accuracy[run]:.2f} | {units} of 4 |")
