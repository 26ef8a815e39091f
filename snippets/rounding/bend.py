"""What separates twins: strong with tanh, weak with sigmoid, gone with ReLU."""

import numpy as np

from symbreak import datasets, hessian, initializers, network, plots

X, Y = datasets.flower()
X1 = np.vstack([X, np.ones_like(Y)])  # (3, m): x and a 1 for the bias
bends = {  # g'' / g', from A = g(Z)
    "tanh": lambda A: -2 * A,
    "sigmoid": lambda A: 1 - 2 * A,
    "relu": lambda A: 0 * A,
}
start = initializers.constant((2, 4, 1), 0.01)
unit, other = [0, 1, 8, 12], [2, 3, 9, 13]  # w, b, v of units 1 and 2
t = list(range(401))
settings = dict(learning_rate=1.2, num_iterations=400, snapshots=t)
lowest, at, size, off = {}, {}, {}, 0
print("Lowest eigenvalue of T, and growth, at iterations 0, 100 and 400:")
for g in bends:
    _, history = network.train(X, Y, start, activation=g, **settings)
    lowest[g], growth, product = [], [], np.eye(4)
    for p in history.snapshots.values():
        _, cache = network.forward(X, p, activation=g)
        grads = network.backward(p, cache, X, Y, activation=g)
        dz = grads["dZ1"][:1]  # (1, m): v * dZ2 * g'
        C = X1 @ dz.T / p["W2"][0, 0] / 400
        M = (X1 * dz * bends[g](cache["A1"][:1])) @ X1.T / 400  # times v
        T = np.block([[M, C], [C.T, np.zeros((1, 1))]])
        if g != "relu":
            H = hessian.hessian(p, X, Y, activation=g)  # (17, 17)
            across = H[unit][:, unit] - H[unit][:, other]
            off = max(off, np.abs(T - across).max())
        lowest[g].append(np.linalg.eigvalsh(T)[0])
        growth.append(np.linalg.norm(product, 2))
        product = product - 1.2 * T @ product
    at[g] = {k: lowest[g][k] for k in (0, 100, 400)}
    print(f"{g}:", *(f"{low:.3f}" for low in at[g].values()), end=", ")
    print("largest growth", *(f"{growth[k]:.0e}" for k in (0, 100, 400)))
    bend = np.linalg.eigvalsh(M)[0]
    size[g] = np.linalg.norm(C)
    print(f"  at 400: size of C {size[g]:.4f}, lowest of vM {bend:.4f}")
print(f"largest difference of T from the Hessian: {off:.7f}")

fig = plots.costs(
    {g: (t, lowest[g]) for g in lowest},
    title="Lowest eigenvalue of T",
    ylabel="lowest eigenvalue of T",
)
