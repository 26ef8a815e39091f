"""From small random weights, the four units get four different gradients."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
start = initializers.normal((2, 4, 1), seed=2, scale=0.01)

A2, cache = network.forward(X, start)
grads = network.backward(start, cache, X, Y)
show(dW1=grads["dW1"], dW2=grads["dW2"], decimals=5)
