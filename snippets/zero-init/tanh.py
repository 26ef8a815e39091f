"""From zero, tanh gives A1 = 0, and each weight's gradient has a zero factor."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
parameters = initializers.zeros((2, 4, 1))

A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

print("The first sample (label 0) and the last (label 1) of 400:")
show(A1=cache["A1"][:, [0, -1]], A2=A2[:, [0, -1]])
show(dZ2=grads["dZ2"][:, [0, -1]], dW2=grads["dW2"], db2=grads["db2"])
show(dZ1=grads["dZ1"][:, [0, -1]], dW1=grads["dW1"], db1=grads["db1"])
