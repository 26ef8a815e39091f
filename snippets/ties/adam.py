"""Adam, 100 steps: equal gradients, equal averages, equal rows."""

from symbreak import datasets, initializers, network, optimizers, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
parameters = initializers.constant((2, 4, 1), 0.01)
state = {}  # the averages V and S, and the number of steps
for iteration in range(100):
    A2, cache = network.forward(X, parameters, activation="tanh")
    grads = network.backward(parameters, cache, X, Y, activation="tanh")
    parameters, state = optimizers.adam(
        parameters, grads, state, learning_rate=0.01
    )

show(dW1=grads["dW1"])
show(V=state["v"]["dW1"])
show(root_of_S=state["s"]["dW1"] ** 0.5)
show(W1=parameters["W1"], b1=parameters["b1"], W2=parameters["W2"])
