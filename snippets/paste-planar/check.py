"""The check after a run from the constant box: 4 units, 1 different."""

from symbreak import datasets, network, paste

X, Y = datasets.flower()
parameters, _ = network.train(
    X,
    Y,
    paste.start("planar", "constant", (2, 4, 1)),
    activation="tanh",
    learning_rate=1.2,
    num_iterations=10_000,
)
names = {"parameters": parameters, "X": X, "Y": Y}
names["initialize_parameters"] = paste.start  # not the notebook's own
check = paste.check_box("planar").replace("%8.4f", "%6.2f")
exec(check, names)  # more decimals of the units depend on the processor
