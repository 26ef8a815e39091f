# Jupytext percent format. `python -m snippets labs/planar` runs it, as it is and answered.
# limit: 180 s

# %% [markdown]
# # Lab: planar data
#
# <div class="answer">
#
# Four hidden units can start as copies of one unit, and then they stay copies. In this lab you find
# out what makes them copies, what does not, and how little it takes to separate them.
#
# </div>
#
# The network is that of Course 1, Week 3: two inputs, four tanh units, one sigmoid output. In each
# part you **predict**, **run**, and **explain**. Write the prediction down before you run. A wrong one
# that you can explain afterwards is worth more than a right one that you only read. Answers are
# folded. The lab takes about three quarters of an hour.

# %% setup
import numpy as np

from symbreak import (
    datasets,
    diagnose,
    initializers,
    network,
    plots,
    show,
    symmetry,
)

X, Y = datasets.flower()
print("X", X.shape, "Y", Y.shape, "share of ones", Y.mean())

# %% [markdown]
# Two helpers. `train` is full-batch gradient descent with the learning rate of the assignment.
# `compare` compares your prediction with the result.


# %% helpers
def train(X, Y, start, num_iterations=1000):
    """Train, and keep 50 snapshots on the way."""
    every = max(1, num_iterations // 50)
    return network.train(
        X,
        Y,
        start,
        activation="tanh",
        learning_rate=1.2,
        num_iterations=num_iterations,
        snapshots=range(0, num_iterations + 1, every),
    )


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
# ## 1. Zeros
#
# All weights and biases start at zero. Half of the labels are ones.
#
# **Predict.** Which of `W1`, `b1`, `W2`, `b2` differ from zero after 100 iterations?

# %% predict-zeros
moved = ...  # your prediction, such as ["W1", "b1"]

# %% run-zeros
parameters, history = train(
    X, Y, initializers.zeros((2, 4, 1)), num_iterations=100
)
show(W1=parameters["W1"], W2=parameters["W2"], b2=parameters["b2"])
print(f"cost {history.costs[0]:.4f}, at the end {history.costs[-1]:.4f}")
compare(
    moved,
    [name for name, array in parameters.items() if np.abs(array).max() > 1e-9],
)

# %% [markdown]
# **Explain.** Which two zeros block the gradients? And why does not even `b2` move?
#
# <details><summary>Answer</summary>
#
# ```python
# moved = []
# ```
#
# - $dW^{[2]} = \frac1m dZ^{[2]} A^{[1]T}$ is zero because $A^{[1]} = \tanh(0) = 0$.
# - $dZ^{[1]}$ has the factor $W^{[2]} = 0$. So $dW^{[1]}$ and $db^{[1]}$ are zero.
# - $db^{[2]}$ is the mean of $A^{[2]} - Y$. Every prediction is one half, and so is the share of
#   ones: this mean is zero too.
#
# The cost is stuck at $\ln 2$. [Zero initialization](../zero-init.md) has it step by step.
#
# </details>
#
# Now take away 120 samples with label 0, and start from zeros again.
#
# **Predict.** Which of the four differ from zero now?

# %% predict-unbalanced
moved = ...  # your prediction, such as ["W1", "b1"]

# %% run-unbalanced
X_less, Y_less = datasets.unbalance(X, Y, label=0, drop=120)
parameters, history = train(X_less, Y_less, initializers.zeros((2, 4, 1)))
share, b2 = Y_less.mean(), parameters["b2"]
print(f"share of ones {share:.4f}")
show(W1=parameters["W1"], W2=parameters["W2"], b2=parameters["b2"])
entropy = -share * np.log(share) - (1 - share) * np.log(1 - share)
print(
    f"cost at the end {history.costs[-1]:.4f}, entropy of the labels {entropy:.4f}"
)
compare(
    moved,
    [name for name, array in parameters.items() if np.abs(array).max() > 1e-9],
)

# %% [markdown]
# **Explain.** What has the network learned? Apply the sigmoid to `b2` if you are not sure.
#
# <details><summary>Answer</summary>
#
# ```python
# moved = ["b2"]
# ```
#
# The share of ones, and nothing else. The prediction is the same for every sample,
# $\sigma(b^{[2]})$, and the best such prediction is the share of ones:
# $\sigma({=planar b2[0, 0] .4f}) = {=planar share .4f}$. Its cost is the entropy of the labels. A cost
# stuck at this level most likely means one answer for all samples, or nearly one.
#
# The two zeros still block the other gradients, whatever $b^{[2]}$ is.
#
# </details>
#
# ## 2. Constants
#
# Now every weight starts at 0.01, and the biases at zero. So neither $A^{[1]}$ nor $W^{[2]}$ is zero.
#
# **Predict.** After 100 iterations, how many different rows does `W1` have, and how many different
# columns? (Its shape is (4, 2): a row for each unit, a column for each input.)

# %% predict-constant
rows_columns = ...  # your prediction, such as (4, 2)


# %% run-constant
def different(rows):
    """Count the rows that differ by more than 1e-6 from all rows before them."""
    return sum(
        all(np.abs(row - r).max() > 1e-6 for r in rows[:i])
        for i, row in enumerate(rows)
    )


start = initializers.constant((2, 4, 1), value=0.01)
parameters, history = train(X, Y, start, num_iterations=100)
show(parameters)
compare(
    rows_columns, (different(parameters["W1"]), different(parameters["W1"].T))
)
fig = plots.threads(history, title="A constant start")

# %% [markdown]
# **Explain.** "All weights stay equal" is often said of this start. Which word is wrong?
#
# <details><summary>Answer</summary>
#
# ```python
# rows_columns = (1, 2)
# ```
#
# "All". The rows stay equal, the columns do not. Equal rows of $W^{[1]}$ and $b^{[1]}$ give equal rows
# of $A^{[1]}$. With equal entries of $W^{[2]}$ the rows of $dZ^{[1]}$ are equal too, and so are those of
# $dW^{[1]} = \frac1m dZ^{[1]} X^T$. Its columns belong to the two inputs, which are different numbers.
# [Constant initialization](../constant.md) has the proof.
#
# </details>
#
# The number 0.01 played no part in this. **Your turn:** write a `W1` whose two columns differ from
# the start, and whose rows stay equal all the same.

# %% task-tied
W1 = ...  # your line: an array of shape (4, 2)


# %% check-tied
def check_rows_equal(W1):
    """Check that the two columns of W1 differ and that its rows stay equal in training."""
    if W1 is ...:
        print("Not filled in yet. Write W1, then run both cells again.")
        return
    W1 = np.asarray(W1, dtype=float)
    if W1.shape != (4, 2):
        print("W1 needs the shape (4, 2), a row for each unit, got", W1.shape)
    elif np.allclose(W1[:, 0], W1[:, 1]):
        print("The two columns are equal. The task is to make them differ.")
    else:
        start = {**initializers.constant((2, 4, 1)), "W1": W1}
        parameters, _ = train(X, Y, start, num_iterations=100)
        spread = symmetry.row_spread(parameters)
        if spread < 1e-9:
            print("Right: after 100 iterations the four rows are still equal.")
        else:
            print(
                f"After 100 iterations the rows differ by {spread:.4f}. Start them equal."
            )


check_rows_equal(W1)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# W1 = np.tile([0.01, -0.02], (4, 1))
# ```
#
# Any row, four times. A unit is a row of `W1`, an entry of `b1`, and an entry of `W2`. If two units
# agree in all three, they are copies.
#
# </details>
#
# ## 3. A nudge
#
# Back to 0.01 everywhere. Change a single weight, the first of unit 1, by one millionth.
#
# **Predict.** After 200 iterations, how many different units are there: 1, 2, 3, or 4?

# %% predict-nudge
units = ...  # your prediction, a number from 1 to 4

# %% run-nudge
start = initializers.constant((2, 4, 1), value=0.01)
start["W1"][0, 0] += 1e-6
parameters, history = train(X, Y, start, num_iterations=200)
show(W1=parameters["W1"], W2=parameters["W2"])
compare(units, len(symmetry.tied_groups(parameters)))
fig = plots.threads(history, title="One weight changed by 1e-6")

# %% [markdown]
# **Explain.** Units 2, 3 and 4 were not touched. Why do they change, but not separate?
#
# <details><summary>Answer</summary>
#
# ```python
# units = 2
# ```
#
# Unit 1 is on its own. With tanh, its small difference from the others grows until it is plain to see.
# The output of unit 1 changes the errors, so the others move too. But these three get the same errors,
# so they stay copies.
#
# </details>
#
# **Your turn:** separate all four, by nudges of at most 0.01.

# %% task-nudges
nudges = ...  # your line: 4 numbers, one for each unit


# %% check-nudges
def check_parts(nudges):
    """Check that these nudges of the first column of W1 make four different units."""
    if nudges is ...:
        print(
            "Not filled in yet. Write four numbers, then run both cells again."
        )
        return
    nudges = np.asarray(nudges, dtype=float).ravel()
    if nudges.shape != (4,):
        print("Four numbers are needed, one for each unit, got", nudges.size)
    elif np.abs(nudges).max() > 0.01:
        print("At most 0.01 each, got", np.abs(nudges).max())
    else:
        start = initializers.constant((2, 4, 1), value=0.01)
        start["W1"][:, 0] += nudges
        parameters, _ = train(X, Y, start, num_iterations=2000)
        groups = symmetry.tied_groups(parameters)
        copies = [
            [unit + 1 for unit in group] for group in groups if len(group) > 1
        ]
        if copies:
            print("Still copies after 2000 iterations: units", *copies)
        else:
            accuracy = network.accuracy(parameters, X, Y)
            print(f"Right: four different units, accuracy {accuracy:.2f}.")


check_parts(nudges)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# nudges = [0, 0.002, 0.004, 0.006]
# ```
#
# Any four different numbers. They need not be random: what matters is that no two units start equal.
# One of them may stay as it was.
#
# </details>
#
# ## 4. Random numbers, but where?
#
# The assignment draws `W1` and `W2` at random, with standard deviation 0.01, and starts the biases
# at zero. Here are four starts; what is not named is zero.
#
# **Predict.** Each is run with four seeds. Which of them stay below an accuracy of
# {=planar limit .2f} in all four runs?

# %% predict-random
fail = ...  # your prediction, a list of names such as ["W1 and W2"]


# %% run-random
def only(*names, seed):
    """Draw the named parameters at random; the others are zero."""
    random = np.random.RandomState(seed)
    zeros = initializers.zeros((2, 4, 1))
    return {
        k: random.randn(*v.shape) * 0.01 if k in names else v
        for k, v in zeros.items()
    }


starts = {
    "W1 and W2": ("W1", "W2"),
    "W2 alone": ("W2",),
    "b1 and b2": ("b1", "b2"),
    "b2 alone": ("b2",),
}
best, limit = {}, 0.70
for name, random in starts.items():
    runs = initializers.stack([only(*random, seed=seed) for seed in range(4)])
    parameters, _ = train(X, Y, runs, num_iterations=5000)
    accuracy = network.accuracy(parameters, X, Y)  # one for each seed
    best[name] = accuracy.max()
    print(f"{name:10} {accuracy.min():.2f} to {accuracy.max():.2f}")
compare(fail, [name for name in best if best[name] < limit])

# %% [markdown]
# **Explain.** Why is `W2` alone enough? What would `b1` alone do? Try it: change the list of
# starts.
#
# <details><summary>Answer</summary>
#
# ```python
# fail = ["b2 alone"]
# ```
#
# - `W2` **alone**: each unit has its own output weight, so it gets its own error, and one step later
#   it has its own row.
# - `b1` **and** `b2`: each unit has its own output, so `W2` gets different entries, and then `W1`
#   different rows.
# - `b2` **alone**: $A^{[1]}$ and `W2` stay at zero, as in part 1, so no weight moves.
# - `b1` **alone** is a borderline case. With balanced labels the mean error is zero, so `W2` gets no
#   gradient and nothing should move; but rounding can act as a start.
#
# [The map](../map.md) has all of these. [Random biases](../random-biases.md) says what changes with
# ReLU and with more layers.
#
# </details>
#
# ## 5. Four units of one
#
# Train the network from 0.01 everywhere for longer. Its four units are copies, so one unit can do
# their work: it has the row and the bias that they share.
#
# **Your turn:** which output weight does this one unit need, so that the output is the same?

# %% train-tied
parameters, _ = train(
    X, Y, initializers.constant((2, 4, 1)), num_iterations=5000
)
W2 = parameters["W2"]
show(W2=W2, decimals=2)

# %% task-one
output_weight = ...  # your line: one number, made from W2

# %% check-one
if output_weight is ...:
    print(
        "Not filled in yet. Write the output weight, then run both cells again."
    )
else:
    one = {
        "W1": parameters["W1"][:1],  # (1, 2)
        "b1": parameters["b1"][:1],  # (1, 1)
        "W2": np.array(output_weight, dtype=float).reshape(1, 1),
        "b2": parameters["b2"],
    }
    A2, _ = network.forward(X, parameters)
    difference = np.abs(A2 - network.forward(X, one)[0]).max()
    print(f"The outputs differ by at most {difference:.6f}.")
    print("Right." if difference < 1e-9 else "They should be the same.")

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# output_weight = W2.sum()
# ```
#
# The output unit adds up the hidden outputs, each times its output weight. Copies have the same
# hidden output, so their weights add up.
#
# </details>
#
# **Predict.** What does the boundary between the two predictions look like, for such a network?

# %% predict-border
border = ...  # your prediction, in words

# %% run-border
accuracy = network.accuracy(parameters, X, Y)
fig = plots.decision_regions(
    lambda X: network.predict(parameters, X), X, Y, title="Four copies"
)
print(f"accuracy {accuracy:.3f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# border = "a straight line"
# ```
#
# The output depends on the sample through $wx + b$ alone, and it rises with it or falls with it all
# the way. So it passes one half at one value of $wx + b$, and these points lie on a line. That is the
# boundary of logistic regression. More copies do not bend it.
#
# </details>
#
# ## 6. Read your cost
#
# Here are four runs in a random order: zeros with balanced labels, zeros with unbalanced labels, 0.01
# everywhere, and small random weights. You see their costs alone, one every 200 iterations.

# %% four-costs
runs = {
    "zeros": (X, Y, initializers.zeros((2, 4, 1))),
    "zeros, unbalanced": (X_less, Y_less, initializers.zeros((2, 4, 1))),
    "constant": (X, Y, initializers.constant((2, 4, 1))),
    "random": (X, Y, initializers.normal((2, 4, 1), seed=3)),
}
shuffled = [list(runs)[i] for i in np.random.RandomState(6).permutation(4)]
costs = []
for letter, name in zip("ABCD", shuffled):
    _, history = train(*runs[name], num_iterations=1000)
    costs.append(history.costs[::100])
    print(letter, *(f"{cost:.4f}" for cost in costs[-1][::2]))

# %% [markdown]
# **Predict.** Which run is which?

# %% predict-costs
guess = ...  # your prediction: the four names of `runs` in the order A, B, C, D

# %% check-costs
compare(guess, shuffled)
for letter, name, cost in zip("ABCD", shuffled, costs):
    print(letter, *diagnose(cost, runs[name][1]).names)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# guess = ["zeros", "random", "zeros, unbalanced", "constant"]
# ```
#
# - **A** is stuck at $\ln 2$, and **C** at the entropy of its labels. These networks give one answer to
#   all samples.
# - **B** falls far, and is still falling.
# - **D** has fallen a little, to {=planar costs[3][8] .4f}, below the $\ln 2$ of its balanced labels. So
#   it has learned something: as much as one unit has learned so far.
#
# The cost of D does not prove that its units are copies. The rows do: look at `W1` whenever a cost
# levels off early. `diagnose` reads costs like this. If you pass the parameters as well, it looks for
# copies too.
#
# </details>
#
# ## In your own notebook
#
# Two questions to begin with, when a network does not learn:
#
# 1. Where is the cost stuck? If it is at the entropy of the labels, all samples most likely get
#    nearly one answer.
# 2. Are two rows of `[W1 b1]`, with their columns of `W2`, the same? Then these units are copies.
#
# `check_symmetry` below needs numpy alone. Copy it into a copy of your assignment, after the
# training.


# %% check-symmetry
def check_symmetry(parameters):
    """Say which hidden units of a two-layer network are the same unit."""
    rows = np.hstack([parameters["W1"], parameters["b1"]])
    columns = parameters["W2"].T

    def same(a, b):  # to six digits of the smaller one
        size = min(np.abs(a).max(), np.abs(b).max())
        return np.abs(a - b).max() <= max(1e-6 * size, 1e-15)

    for i in range(len(rows)):
        copies = [
            j + 1
            for j in range(i)
            if same(rows[i], rows[j]) and same(columns[i], columns[j])
        ]
        print(
            f"unit {i + 1}:",
            f"a copy of unit {copies[0]}" if copies else "its own",
        )


check_symmetry(train(X, Y, initializers.constant((2, 4, 1)))[0])
print("---")
check_symmetry(train(X, Y, initializers.normal((2, 4, 1), seed=3))[0])
