"""Equal units get equal gradients: 1 and 2 are still equal after one step."""

from symbreak import datasets, initializers, network, plots, show

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
parameters["W1"][1] = parameters["W1"][0]  # <- equal rows
parameters["W2"][:, 1] = parameters["W2"][:, 0]  # <- equal columns

A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")
show({name: grads[name] for name in ("dW1", "db1", "dW2")})

after = network.update(parameters, grads, learning_rate=1.2)
fig = plots.matrices(after, title="After one step")
