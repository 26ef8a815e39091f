"""On the flower, ten random starts end where zero ends: at 47%."""

import numpy as np

from symbreak import datasets, logistic, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
starts = [np.zeros((2, 1))]
starts += [np.random.RandomState(seed).randn(2, 1) for seed in range(10)]
w = np.stack(starts)  # (11, 2, 1): eleven runs, the first from zero
b = np.zeros((11, 1, 1))

parameters, _ = logistic.train(
    X, Y, {"w": w, "b": b}, learning_rate=1.2, num_iterations=1000
)
grads, cost = logistic.propagate(**parameters, X=X, Y=Y)
accuracy = logistic.accuracy(**parameters, X=X, Y=Y)

print("From zero:")
show(w=parameters["w"][0].T, b=parameters["b"][0], cost=cost[0])
print("All runs:")
show(spread_of_w=np.ptp(parameters["w"], axis=0).max())
show(spread_of_b=np.ptp(parameters["b"]))
show(largest_dw=np.abs(grads["dw"]).max())
show(largest_db=np.abs(grads["db"]).max())
print(f"accuracy {accuracy.min():.1%} to {accuracy.max():.1%}")
