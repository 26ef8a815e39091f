"""Copies of a unit may have more right answers than logistic regression."""

from symbreak import datasets, initializers, network, symmetry

starts = {
    "logistic regression": initializers.zeros((2, 1)),
    "four copies, tanh": initializers.constant((2, 4, 1)),
}
right, units = {name: [] for name in starts}, []
for seed in range(1, 11):  # ten draws of the flower, the course's first
    X, Y = datasets.flower(seed=seed)
    for name, start in starts.items():
        p, _ = network.train(
            X, Y, start, learning_rate=1.2, num_iterations=5000
        )
        right[name].append(network.accuracy(p, X, Y))
    units.append(symmetry.effective_width(p, activation="tanh"))
copies, logistic = right["four copies, tanh"], right["logistic regression"]
draws, points = len(copies), 10  # 40 samples
better = sum(a > b + points / 100 for a, b in zip(copies, logistic))
print(f"different units: {max(units)}")
print(f"copies ahead by more than {points} points on {better} of {draws} draws")
