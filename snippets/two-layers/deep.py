"""The same four lines, from layer L down to layer 1, for any depth."""

from symbreak import datasets, initializers, network

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 3, 1), seed=1, scale=0.5)
A3, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")

arrays = {**parameters, **cache}
for layer in (1, 2, 3):
    names = [f"{letter}{layer}" for letter in "WbZA"]
    print(*(f"{name} {arrays[name].shape} " for name in names))
for name, array in grads.items():
    print(name, array.shape)
