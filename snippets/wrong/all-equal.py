"""From constants the rows of dW1 are equal; its two columns are not."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
start = initializers.constant((2, 2, 1))
grads = network.backward(start, network.forward(X, start)[1], X, Y)
show(dW1=grads["dW1"], decimals=5)
