"""Where both class means are zero, W1 = 0 gets no direction to move in."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.xor(4, seed=0, noise=0)  # the corners of exclusive or
show(X=X, Y=Y, decimals=0)
starts = {
    "W zero, b random": initializers.random_biases((2, 4, 1), seed=0),
    "W random, b zero": initializers.normal((2, 4, 1), seed=0, scale=1),
}
for name, start in starts.items():
    parameters, history = network.train(
        X, Y, start, activation="tanh", learning_rate=1.2, num_iterations=1000
    )
    print(f"--- {name}")
    show(W1=parameters["W1"], decimals=2)
    print(f"accuracy {network.accuracy(parameters, X, Y):.0%}")
