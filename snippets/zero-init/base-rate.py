"""With unbalanced labels only b2 moves: it learns the share of ones."""

import numpy as np

from symbreak import datasets, initializers, network, plots, show

X, Y = datasets.flower()
X, Y = datasets.unbalance(X, Y, label=0, drop=120)  # <- more ones than zeros
share = Y.mean()  # 200 of 280 labels are 1
parameters, history = network.train(
    X,
    Y,
    initializers.zeros((2, 4, 1)),
    activation="tanh",
    learning_rate=1.2,
    num_iterations=1000,
)
print("not zero:", *(name for name, p in parameters.items() if p.any()))
show(b2=parameters["b2"])


def entropy(share):
    return -share * np.log(share) - (1 - share) * np.log(1 - share)


last_cost, label_entropy = history.costs[-1], entropy(share)
of_cats, of_a_half = entropy(72 / 209), entropy(1 / 2)
accuracy = network.accuracy(parameters, X, Y)
show(share=share, last_cost=last_cost, label_entropy=label_entropy)
show(entropy_of_the_cats=of_cats, ln_2=of_a_half)
print(f"accuracy {accuracy:.1%}")

early = history.iterations <= 40
fig = plots.costs(
    {"cost": (history.iterations[early], history.costs[early])},
    marks={"ln 2": of_a_half, "label entropy": label_entropy},
    title="From zero, unbalanced labels",
)
