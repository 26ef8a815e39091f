# Jupytext percent format. `python -m snippets labs/deep` runs it, as it is and answered.
# limit: 180 s
# tolerance: 0.01 in figures because the last steps of a run at a large rate depend on rounding

# %% [markdown]
# # Lab: more layers
#
# <div class="answer">
#
# With more hidden layers, each layer has ties of its own. They can break in one and last in the
# next. And a second trouble appears: units that differ, and wait. In this lab you learn to tell the
# two apart.
#
# </div>
#
# The networks have several hidden layers, as in Course 1, Week 4, but with tanh. The data are the
# flower of Week 3. **Predict**, **run**, **explain**; answers are folded. Do [the planar
# lab](planar.ipynb) first. This one takes about twenty minutes.

# %% setup
import numpy as np

from symbreak import datasets, initializers, network, plots, show, symmetry

X, Y = datasets.flower()


def train(start, num_iterations=1000):
    return network.train(
        X,
        Y,
        start,
        activation="tanh",
        learning_rate=1.2,
        num_iterations=num_iterations,
    )


def different_units(parameters):
    """Count the different units of each hidden layer."""
    layers = range(1, len(parameters) // 2)
    return [len(symmetry.tied_groups(parameters, layer)) for layer in layers]


def compare(prediction, result):
    if prediction is ...:
        print(
            "Not filled in yet. Write a prediction, then run both cells again."
        )
    elif prediction == result:
        print("As predicted:", result)
    else:
        print("Predicted:", prediction, "but the result is:", result)


# %% [markdown]
# ## 1. Constants in three layers
#
# Layers 2-4-3-1, all weights 0.5, all biases zero.
#
# **Predict.** After 500 iterations, how many different numbers are there in `W1`, in `W2`, in `W3`?
# (Their shapes are (4, 2), (3, 4) and (1, 3).)

# %% predict-numbers
numbers = ...  # your prediction, such as (8, 12, 3)

# %% run-numbers
parameters, _ = train(
    initializers.constant((2, 4, 3, 1), value=0.5), num_iterations=500
)
weights = {
    name: array for name, array in parameters.items() if name.startswith("W")
}
show(weights, decimals=3)
compare(numbers, tuple(np.unique(W.round(6)).size for W in weights.values()))

# %% [markdown]
# **Explain.** Why does only the first layer have two?
#
# <details><summary>Answer</summary>
#
# ```python
# numbers = (2, 1, 1)
# ```
#
# The units of layer 1 all say the same, and those of layer 2 all get the same error. So
# $dW^{[2]} = \frac1m dZ^{[2]} A^{[1]T}$ has equal rows and equal columns. Behind the columns of
# `W1` stand two different inputs. [Constant initialization](../constant.md) has the general form.
#
# </details>
#
# ## 2. One nudge, which layers?
#
# The same start. Now add 0.001 to one number, and train for 500 iterations.
#
# **Predict.** How many different units do layer 1 and layer 2 have, if that number is the bias of
# the first unit of layer 2, `b2[0, 0]`? And if it is `W2[0, 0]`, the weight from the first unit of
# layer 1 to the first unit of layer 2?

# %% predict-nudge
units = ...  # your prediction, such as {"b2": [1, 1], "W2": [4, 3]}

# %% run-nudge
counts = {}
for name in ("b2", "W2"):
    start = initializers.constant((2, 4, 3, 1), value=0.5)
    start[name][0, 0] += 0.001
    parameters, _ = train(start, num_iterations=500)
    counts[name] = different_units(parameters)
    for layer in (1, 2):
        spread = symmetry.row_spread(parameters, layer)
        print(f"{name}: the units of layer {layer} differ by {spread:.4f}")
compare(units, counts)

# %% [markdown]
# **Explain.** A unit of layer 1 is a row of `[W1 b1]` and a column of `W2`. Which of the two nudges
# changes a column?
#
# <details><summary>Answer</summary>
#
# ```python
# units = {"b2": [1, 2], "W2": [2, 2]}
# ```
#
# The bias belongs to one unit of layer 2 and to none of layer 1. So that unit parts from the other
# two. The columns of `W2` stay equal to each other, and layer 1 stays one unit, in exact arithmetic
# for ever. The weight belongs to two units, one in each layer, and both part. The others of their
# layers stay tied. A layer can be as broken as you like: its neighbors may still be one unit.
#
# </details>
#
# ## 3. Different, and waiting
#
# Now all weights are random and all biases zero, so that no two units are alike. Three hidden
# layers, 2-4-4-4-1.
#
# Each scale is run with four seeds.
#
# **Predict.** For which of these standard deviations of the weights is the cost of every seed still
# above 0.69, which is nearly $\ln 2$, after 3000 iterations: 0.01, 0.5, 100?

# %% predict-scale
above = ...  # your prediction, a list such as [0.01, 0.5, 100]

# %% run-scale
layer_dims = (2, 4, 4, 4, 1)
lowest, curves = {}, {}
for scale in (0.01, 0.5, 100):
    runs = [
        initializers.normal(layer_dims, seed=seed, scale=scale)
        for seed in range(4)
    ]
    parameters, history = train(initializers.stack(runs), num_iterations=3000)
    lowest[scale] = history.costs[-1].min()
    curves[f"scale {scale}"] = (
        history.iterations,
        history.costs[:, 0],
    )  # the first seed
    first = {name: array[0] for name, array in parameters.items()}
    print(f"scale {scale}: lowest cost {lowest[scale]:.2f},", end=" ")
    print("different units of the first seed:", different_units(first))
compare(above, [scale for scale in lowest if lowest[scale] > 0.69])
fig = plots.costs(
    curves, marks={"ln 2": np.log(2)}, ylim=(0, 1), title="Three scales"
)

# %% [markdown]
# **Explain.** At scale 0.01 all units are different, and nothing is learned. So it is not the
# symmetry. What is it? And why does scale 100 do badly, for another reason?
#
# <details><summary>Answer</summary>
#
# ```python
# above = [0.01]
# ```
#
# The gradient of `W1` has the factors `W2`, `W3` and `W4`. Their entries are about a hundredth, and
# the product of three is about a millionth. The network stands near a flat point, and waits. At
# scale 100 the tanh units are saturated: their slope is nearly zero almost everywhere, so few
# samples move `W1`, `W2` and `W3`; only the last layer learns freely. [Breaking
# symmetry](../breaking-symmetry.md) has both.
#
# </details>
#
# **Your turn:** choose a scale, so that each of four seeds reaches an accuracy of 0.85 in 3000
# iterations.

# %% task-scale
scale = ...  # your line: one number

# %% check-scale
if scale is ...:
    print("Not filled in yet. Write a scale, then run both cells again.")
else:
    runs = [
        initializers.normal(layer_dims, seed=seed, scale=scale)
        for seed in range(4)
    ]
    parameters, _ = train(initializers.stack(runs), num_iterations=3000)
    lowest_accuracy = network.accuracy(parameters, X, Y).min()
    print(f"The lowest accuracy of the four runs is {lowest_accuracy:.2f}.")
    print(
        "Right."
        if lowest_accuracy >= 0.85
        else "Try a larger or a smaller scale."
    )

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# scale = 0.5
# ```
#
# One over the root of the number of inputs is the rule of Week 4: behind four units that is 0.5
# (behind the two inputs, $1/\sqrt2$). Here 0.5 does for all layers.
#
# </details>
#
# ## 4. Tied or waiting?
#
# Two networks were trained for 200 iterations. These are their weights.
#
# **Predict.** In which one are the units tied, and in which one do they only wait?

# %% two-networks
tied, _ = train(
    initializers.constant((2, 3, 3, 1), value=0.01), num_iterations=200
)
waiting, _ = train(
    initializers.normal((2, 3, 3, 1), seed=1, scale=0.01), num_iterations=200
)
networks = dict(
    zip("AB", np.random.RandomState(3).permutation(["tied", "waiting"]))
)
for letter, kind in networks.items():
    print("---", letter)
    show(
        {
            name: W
            for name, W in (tied if kind == "tied" else waiting).items()
            if name < "b"
        }
    )

# %% predict-kind
kinds = ...  # your prediction, such as {"A": "tied", "B": "waiting"}

# %% check-kind
compare(kinds, {letter: str(kind) for letter, kind in networks.items()})

# %% [markdown]
# **Explain.** What would you change in each?
#
# <details><summary>Answer</summary>
#
# ```python
# kinds = {"A": "waiting", "B": "tied"}
# ```
#
# Look at the rows, not at the cost. Equal rows, with equal columns behind them, do not part by
# training: start with different ones. Different rows with small numbers need time, or a larger
# scale. B waits too, since its numbers are as small as those of A. Different rows alone would make
# it another A: it needs different rows and a larger scale.
#
# </details>
#
# ## 5. The cost of Week 4
#
# The cat images have 209 samples, and 72 of them are cats. A network that has learned no more than
# this says the share of cats for every image.
#
# **Predict.** At which cost does it stand? Give two decimals.

# %% predict-cost
cost = ...  # your prediction, such as 0.69

# %% run-cost
labels = np.array([[1] * 72 + [0] * 137])  # (1, 209)
inputs = np.random.RandomState(0).randn(12, 209)  # any inputs will do
_, history = network.train(
    inputs,
    labels,
    initializers.zeros((12, 7, 1)),
    activation="relu",
    learning_rate=0.5,
    num_iterations=200,
)
print(f"cost {history.costs[0]:.4f} -> {history.costs[-1]:.4f}")
compare(cost, round(history.costs[-1], 2))

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# cost = 0.64
# ```
#
# $-p \ln p - (1 - p) \ln(1 - p)$ with $p = \frac{72}{209}$: the entropy of the labels. If your cost
# stands at 0.6440 in the assignment, the network most likely gives nearly one answer to all images.
# The reason may be zeros, or a flat point like that of part 3. The parameters tell.
#
# </details>
