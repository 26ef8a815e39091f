"""The check after a run from random biases: two kinds of units per layer."""

from symbreak import datasets, network, paste

X, Y = datasets.circles(300, seed=1)
parameters, _ = network.train(
    X,
    Y,
    paste.start("initialization", "random-biases", (2, 10, 5, 1)),
    activation="relu",
    learning_rate=0.01,
    num_iterations=15_000,
)
names = {"parameters": parameters, "train_X": X, "train_Y": Y}
exec(paste.check_box("initialization"), names)
