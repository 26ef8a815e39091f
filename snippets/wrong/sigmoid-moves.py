"""From zeros, sigmoid units can learn a little; tanh and ReLU units nothing."""

from symbreak import datasets, initializers, network, symmetry, theory

X, Y = datasets.unbalance(*datasets.flower(), label=0, drop=100)
entropy = theory.label_entropy(Y)
print(f"label entropy {entropy:.4f}")
for activation in "tanh", "relu", "sigmoid":
    p, history = network.train(
        X,
        Y,
        initializers.zeros((2, 4, 1)),
        activation=activation,
        learning_rate=1.2,
        num_iterations=2000,
    )
    different = len(symmetry.tied_groups(p))
    cost = history.costs[-1]
    print(f"{activation:8} cost {cost:.4f}, different units {different}")
