"""From zero, tanh gives A1 = 0: each weight's gradient has a zero factor."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
parameters = initializers.zeros((2, 4, 1))  # <- so A1 = tanh(0) = 0

A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

print("The columns of the first sample (label 0) and the last (label 1):")
ends = [0, -1]
show(A1=cache["A1"][:, ends], A2=A2[:, ends])
show(dZ2=grads["dZ2"][:, ends], dZ1=grads["dZ1"][:, ends])

print("The gradients, over all 400 samples:")
show({name: grads[name] for name in ("dW2", "db2", "dW1", "db1")})
