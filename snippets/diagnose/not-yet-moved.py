"""Small random weights, one hidden layer, at ln 2: no steps, or tiny ones."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.flower()
starts = initializers.stack(
    [initializers.normal((2, 4, 1), seed=k) for k in range(20)]
)


def train(learning_rate):
    return network.train(
        X,
        Y,
        starts,
        learning_rate=learning_rate,
        num_iterations=1000,
        cost_every=100,
    )


def row(name, parameters, costs):
    right = 100 * network.accuracy(parameters, X, Y)
    print(f"{name:<24} cost {costs.min():.4f} to {costs.max():.4f},", end=" ")
    print(f"accuracy {right.min():.0f}% to {right.max():.0f}%")


print("20 starts, seeds 0 to 19")
rate = 1.2
good, history = train(rate)
row("before training", starts, history.costs[0])
row("1000 steps, rate 1.2", good, history.costs[-1])
accuracy = network.accuracy(starts, X, Y)
share = accuracy.min(), accuracy.max()
lowest, highest = history.costs[-1].min(), history.costs[-1].max()
slow, history = train(0.0012)
row("1000 steps, rate 0.0012", slow, history.costs[-1])

print("\n=== seed 3 at rate 0.0012")
parameters = {name: array[3] for name, array in slow.items()}
found = diagnose(history.costs[:, 3], Y, parameters, X=X, activation="tanh")
print(found.findings[-1])
