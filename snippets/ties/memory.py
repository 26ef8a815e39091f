"""Adam separates copies if its averages are those of an earlier training."""

from symbreak import datasets, initializers, network, optimizers, symmetry

X, Y = datasets.flower()


def train(parameters, state):
    for iteration in range(100):
        _, cache = network.forward(X, parameters, activation="tanh")
        grads = network.backward(parameters, cache, X, Y, activation="tanh")
        parameters, state = optimizers.adam(
            parameters, grads, state, learning_rate=0.01
        )
    return parameters, state


random = initializers.normal((2, 4, 1), seed=0)
copies = initializers.constant((2, 4, 1))
_, old = train(random, {})
spreads = {}
for name, state in {"empty": {}, "of the earlier run": old}.items():
    parameters, _ = train(copies, state)
    spreads[name] = symmetry.row_spread(parameters)
    print(f"four copies, averages {name}: row spread {spreads[name]:.2f}")
