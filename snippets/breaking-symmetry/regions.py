"""Random weights and random biases both fit the flower; a constant cannot."""
# tolerance: 0.001 in figures because the constant start has spikes

from symbreak import datasets, initializers, network, plots

X, Y = datasets.flower()
rate = 1.2
starts = {
    "random W": initializers.normal((2, 4, 1), seed=2),
    "random b": initializers.random_biases((2, 4, 1), seed=2),
    "constant": initializers.constant((2, 4, 1)),
}
curves = {}
for name, start in starts.items():
    parameters, history = network.train(
        X, Y, start, learning_rate=rate, num_iterations=10_000, cost_every=10
    )
    curves[name] = history
    accuracy = network.accuracy(parameters, X, Y)
    print(f"{name}: cost {history.costs[-1]:.3f}, accuracy {accuracy:.0%}")
    fig = plots.decision_regions(
        lambda points: network.predict(parameters, points), X, Y, title=name
    )
    fig.caption = f"Start: {name}. {accuracy:.0%} of the samples are right."

fig = plots.costs(curves, scale="log", title="Cost from three starts")
fig.caption = "Two starts bring the cost down. The constant hardly does."
