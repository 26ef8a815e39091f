"""Is it an 8? Only units that differ learn it in a deep network."""

from symbreak import (
    datasets,
    initializers,
    network,
    show_table,
    symmetry,
    theory,
)

X, Y, X_test, Y_test = datasets.load_digits(8)
entropy = theory.label_entropy(Y)
always_no = 1 - Y_test.mean()
rate, m = 0.3, X.shape[1]
m_all = m + X_test.shape[1]
left = {2: {}, 4: {}}  # runs whose cost fell below the entropy


def start(name, dims, seeds=range(3)):
    make = initializers.INITIALIZERS[name]
    if name in ("zeros", "constant", "constant_times_layer", "linspace"):
        return initializers.stack([make(dims)])
    return initializers.stack([make(dims, seed=seed) for seed in seeds])


def ends(values, digits):
    low, high = f"{values.min():.{digits}f}", f"{values.max():.{digits}f}"
    return low if low == high else f"{low} to {high}"


rows = []
names = [n for n in initializers.INITIALIZERS if n != "partly_random"]
for dims in ((64, 7, 1), (64, 20, 7, 5, 1)):
    for name in names:
        p, history = network.train(
            X,
            Y,
            start(name, dims),
            activation="relu",
            learning_rate=rate,
            num_iterations=500,
        )
        # A layer that does not look at the images counts as one unit.
        units = symmetry.effective_width(p, activation="relu", X=X).clip(1)
        below = history.costs[-1] < entropy - 0.01
        left[len(dims) - 1][name] = int(below.sum())
        right = 100 * network.accuracy(p, X_test, Y_test, activation="relu")
        cells = ends(units, 0), ends(history.costs[-1], 2), ends(right, 1)
        rows.append([len(dims) - 1, name, *cells[:2], f"{cells[2]}%"])
scaled = sum(left[4][name] for name in ("sqrt_n", "he", "xavier"))
share = ["", "always the share of ones", "-"]
rows.append([*share, f"{entropy:.4f}", f"{always_no:.1%}"])
show_table(["layers", "start", "different units", "cost", "test"], rows)
