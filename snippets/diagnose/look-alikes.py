"""Two runs with the same costs: one will never move, one only waits."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.flower()
starts = {
    "all zero": initializers.zeros((2, 4, 1)),
    "small random": initializers.normal((2, 4, 4, 4, 1), seed=0),
}
runs = {}
for name, start in starts.items():
    parameters, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=4000, cost_every=500
    )
    runs[name] = history.costs, parameters

print("=== the costs alone")
for name, (costs, parameters) in runs.items():
    print(f"{name}: {costs.min():.4f} to {costs.max():.4f}")
    print(*diagnose(costs, Y).names)
print(diagnose(costs, Y).findings[0])

for name, (costs, parameters) in runs.items():
    print(f"\n=== {name}: costs and parameters")
    found = diagnose(costs, Y, parameters, X=X, activation="tanh")
    print(found.findings[0])
