# Jupytext percent format. `python -m snippets labs/deep` runs it, as it is and answered.
# limit: 180 s

# %% [markdown]
# # Lab: more layers
#
# <div class="answer">
#
# With more hidden layers, each layer can have copies of its own: they can separate in one layer and stay
# in the next. And there is a second trouble: units that differ, and are slow. In this lab you learn to
# tell the two apart.
#
# </div>
#
# Do [the planar lab](planar.ipynb) first. The networks here have several hidden layers, as in
# Course 1, Week 4, but with tanh units. The data are the flower of Week 3. **Predict**, **run**, and
# **explain**; answers are folded. The lab takes about twenty minutes.

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
# The units of layer 1 all have the same output, and those of layer 2 all get the same error. So
# $dW^{[2]} = \frac1m dZ^{[2]} A^{[1]T}$ has equal rows and equal columns. The two columns of `W1`
# belong to two different inputs. [Constant initialization](../constant.md) has the general form.
#
# </details>
#
# ## 2. One nudge, which layers?
#
# The same start. Now add {=deep nudge .3f} to one number, and train for 500 iterations.
#
# **Predict.** How many different units do layer 1 and layer 2 have, if that number is the bias of
# the first unit of layer 2, `b2[0, 0]`? And if it is `W2[0, 0]`, the weight from the first unit of
# layer 1 to the first unit of layer 2?

# %% predict-nudge
units = ...  # your prediction, such as {"b2": [1, 1], "W2": [4, 3]}

# %% run-nudge
counts, nudge = {}, 0.001
for name in ("b2", "W2"):
    start = initializers.constant((2, 4, 3, 1), value=0.5)
    start[name][0, 0] += nudge
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
# **The bias** belongs to one unit of layer 2 and to none of layer 1. So that unit separates from the other
# two. The columns of `W2` stay equal to each other, and layer 1 stays one unit.
#
# **The weight** belongs to two units, one in each layer, and both separate. The others of their layers
# stay copies.
#
# So look at each layer on its own: its neighbor may still be one unit.
#
# </details>
#
# ## 3. Different, and slow
#
# <span id="3-different-and-waiting"></span>Now all weights are random and all biases zero, so that no
# two units are equal. Three hidden layers, 2-4-4-4-1. Each scale is run with four seeds.
#
# **Predict.** After 3000 iterations, for which of these scales of the weights is the cost of all four
# seeds still above {=deep level .2f}, which is nearly $\ln 2$: 0.01, 0.5, 100?

# %% predict-scale
above = ...  # your prediction, a list such as [0.01, 0.5, 100]

# %% run-scale
layer_dims = (2, 4, 4, 4, 1)
lowest, curves, level = {}, {}, 0.69
for scale in (0.01, 0.5, 100):
    runs = [
        initializers.normal(layer_dims, seed=seed, scale=scale)
        for seed in range(4)
    ]
    parameters, history = train(initializers.stack(runs), num_iterations=3000)
    lowest[scale] = history.costs[-1].min()
    until = history.iterations <= 1000  # later costs jump up and down
    curves[f"scale {scale}"] = (
        history.iterations[until],
        history.costs[until, 0],
    )  # the first seed
    first = {name: array[0] for name, array in parameters.items()}
    print(f"scale {scale}: lowest cost {lowest[scale]:.2f},", end=" ")
    print("different units of the first seed:", different_units(first))
compare(above, [scale for scale in lowest if lowest[scale] > level])
fig = plots.costs(
    curves, marks={"ln 2": np.log(2)}, ylim=(0, 1), title="Three scales"
)

# %% [markdown]
# **Explain.** At scale 0.01 all units are different, and nothing is learned. So it is not symmetry.
# What is it? And why does scale 100 do badly, for another reason?
#
# <details><summary>Answer</summary>
#
# ```python
# above = [0.01]
# ```
#
# **Too small.** The gradient of `W1` has the factors `W2`, `W3` and `W4`. Their entries are about a
# hundredth, and the product of three is about a millionth. The network is slow: it is on a long
# [plateau](../plateau.md).
#
# **Too large.** At scale 100 the tanh units are saturated: their slope is nearly zero almost
# everywhere, so few samples move `W1`, `W2` and `W3`. The last layer alone learns freely.
#
# </details>
#
# **Your turn:** choose a scale, so that each of four seeds reaches an accuracy of {=deep goal .2f} in
# 3000 iterations.

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
    goal = 0.85
    lowest_accuracy = network.accuracy(parameters, X, Y).min()
    print(f"The lowest accuracy of the four runs is {lowest_accuracy:.2f}.")
    print(
        "Right."
        if lowest_accuracy >= goal
        else "Try a larger or a smaller scale."
    )

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# scale = 0.5
# ```
#
# The rule of Week 4 is one over the root of the number of inputs. For a layer with four inputs that
# is 0.5, for the first layer, with two, $1/\sqrt2$. Here 0.5 will do for all layers.
#
# </details>
#
# ## 4. Copies, or slow?
#
# <span id="4-tied-or-waiting"></span>Two networks were trained for 200 iterations. These are their
# weights.
#
# **Predict.** In which one are the units copies, and in which one are they different, and slow?

# %% two-networks
copies, _ = train(
    initializers.constant((2, 3, 3, 1), value=0.01), num_iterations=200
)
slow, _ = train(
    initializers.normal((2, 3, 3, 1), seed=1, scale=0.01), num_iterations=200
)
networks = dict(
    zip("AB", np.random.RandomState(3).permutation(["copies", "slow"]))
)
for letter, kind in networks.items():
    print("---", letter)
    show(
        {
            name: W
            for name, W in (copies if kind == "copies" else slow).items()
            if name < "b"
        }
    )

# %% predict-kind
kinds = ...  # your prediction, such as {"A": "copies", "B": "slow"}

# %% check-kind
compare(kinds, {letter: str(kind) for letter, kind in networks.items()})

# %% [markdown]
# **Explain.** What would you change in each?
#
# <details><summary>Answer</summary>
#
# ```python
# kinds = {"A": "slow", "B": "copies"}
# ```
#
# Look at the rows, not at the cost. **A** has different rows with small numbers: it needs time, or a
# larger scale. **B** has equal rows, with equal columns of the next `W`. Training does not separate them:
# start with different ones. But its numbers are as small as those of A. Different rows alone would
# make it another A, so B needs a larger scale as well.
#
# </details>
#
# ## 5. The cost of Week 4
#
# Of the 209 images of Week 4, 72 are cats. A network that has learned no more than this gives one
# answer for every image, the share of cats.
#
# **Predict.** What is its cost? Give two decimals.

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
end = history.costs[-1]
print(f"cost {history.costs[0]:.4f} -> {end:.4f}")
compare(cost, round(end, 2))

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# cost = 0.64
# ```
#
# $-p \ln p - (1 - p) \ln(1 - p)$ with $p = \frac{72}{209}$: the entropy of the labels. If your cost is
# stuck at {=deep end .4f} in the assignment, the network most likely gives nearly one answer to all
# images. The reason may be zeros, or a plateau like that of part 3. The parameters tell.
#
# </details>
