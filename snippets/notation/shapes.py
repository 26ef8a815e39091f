"""Unit k is row k of W1 and b1, column k of W2. Units 1 and 2 are copies."""

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
parameters["W1"][1] = parameters["W1"][0]  # row 2 is row 1
parameters["W2"][:, 1] = parameters["W2"][:, 0]  # column 2 is column 1

A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

for arrays in ({"X": X, "Y": Y}, parameters, cache, grads):
    for name, array in arrays.items():
        print(name.ljust(3), array.shape)
    print()
width = symmetry.effective_width(parameters, activation="tanh")
print(f"effective width: {width} of 4")

fig = plots.matrices(parameters, title="Parameters of a 2-4-1 network")
