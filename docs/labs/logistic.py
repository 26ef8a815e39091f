# Jupytext percent format. `python -m snippets labs/logistic` runs it, as it is and answered.
# limit: 180 s
# tolerance: 0.005 in figures because the room for labels, and with it the height, is that of matplotlib

# %% [markdown]
# # Lab: logistic regression
#
# <div class="answer">
#
# Logistic regression may start from zero. In this lab you find out why. What moves it at the first
# step? Where does it end from other starts? And when does it stay at zero?
#
# </div>
#
# The model is that of Course 1, Week 2: one unit, $A = \sigma(w^T X + b)$. In each part you
# **predict**, **run**, and **explain**. Write the prediction down before you run. Answers are
# folded. The lab takes about fifteen minutes.

# %% setup
import numpy as np

from symbreak import datasets, logistic, plots, show

X, Y = datasets.moons(seed=1, noise=0.2)
print("X", X.shape, "Y", Y.shape, "share of ones", Y.mean())
for label in (0, 1):
    print(
        f"mean of the samples with label {label}:",
        X[:, Y[0] == label].mean(axis=1).round(2),
    )
fig = plots.scatter(X, Y, title="Two half moons")


# %% helpers
def train(X, Y, w, b=0.0, num_iterations=1000):
    start = {"w": np.reshape(np.array(w, dtype=float), (-1, 1)), "b": b}
    return logistic.train(
        X, Y, start, learning_rate=1.0, num_iterations=num_iterations
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
# ## 1. The first step
#
# Start with $w = 0$ and $b = 0$. Half of the labels are ones. The means of the two classes are
# printed above.
#
# **Predict.** After one step, which sign does each entry of $w$ have? Write 1, -1, or 0.

# %% predict-step
signs = ...  # your prediction, such as [1, 1]

# %% run-step
A = logistic.forward(np.zeros((2, 1)), 0.0, X)
print("A lies between", A.min(), "and", A.max())
parameters, _ = train(X, Y, [0, 0], num_iterations=1)
show(w=parameters["w"].T, b=parameters["b"])
compare(signs, np.sign(parameters["w"].ravel()).astype(int).tolist())

# %% [markdown]
# **Explain.** All predictions are the same at the start. For a network that starts from zeros, `dW1`
# and `dW2` are zero. Why is `dw` not zero here? And why did `b` not move?
#
# <details><summary>Answer</summary>
#
# ```python
# signs = [1, -1]
# ```
#
# With $A = \frac12$ everywhere, $dw = \frac1m X (\frac12 - Y)^T$. No weight is a factor in it, so
# zero weights do not make it zero.
#
# Label 0 counts with $+\frac12$, label 1 with $-\frac12$. With balanced labels, $dw$ is a quarter of
# the mean of class 0 minus that of class 1. Class 1 lies to the right of class 0 and below it, so the
# first entry of $w$ grows and the second falls.
#
# And $db = \frac12 - \bar y = 0$, because half of the labels are ones.
#
# </details>
#
# ## 2. Other starts
#
# Three starts: zeros, ones, and a point far away.
#
# **Predict.** At how many different places do they end? Two places are different if a number
# differs by more than {=logistic apart .3f}.

# %% predict-ends
places = ...  # your prediction, a number from 1 to 3

# %% run-ends
ends, apart = [], 0.001
for start in ([0, 0], [1, 1], [-5, 3]):
    parameters, history = train(X, Y, start, num_iterations=3000)
    ends.append(np.append(parameters["w"], parameters["b"]))
    print(
        start,
        "->",
        ends[-1].round(3),
        f"cost {history.costs[0]:.3f} -> {history.costs[-1]:.3f}",
    )
far = [
    [np.abs(a - b).max() > apart for b in ends[:i]] for i, a in enumerate(ends)
]
compare(places, sum(all(row) for row in far))

# %% [markdown]
# **Explain.** What does the start change, and what does it not change?
#
# <details><summary>Answer</summary>
#
# ```python
# places = 1
# ```
#
# The cost is convex in $(w, b)$: it has no other valley to end in. The start decides only how long
# the way is. For a network this is not so: its start can decide where it ends.
# [Logistic regression](../logistic.md) has the proof.
#
# </details>
#
# ## 3. Two equal inputs
#
# <span id="3-tied-inputs"></span>There is a symmetry in logistic regression too, if two inputs are
# the same. Give the model the first input twice.
#
# **Predict.** Which entries of $w$ are equal after training from zeros?

# %% predict-twice
equal = ...  # your prediction, such as [(1, 3)]

# %% run-twice
X_twice = X[[0, 0, 1]]  # (3, 200): the first row twice
parameters, history = train(X_twice, Y, [0, 0, 0], num_iterations=3000)
w = parameters["w"].ravel()
show(w=w[None])
print(f"cost {history.costs[-1]:.3f}")
pairs = [
    (i + 1, j + 1)
    for i in range(3)
    for j in range(i + 1, 3)
    if abs(w[i] - w[j]) < 1e-6
]
compare(equal, pairs)

# %% [markdown]
# **Explain.** Compare the cost with that of part 2. Does this symmetry do harm?
#
# <details><summary>Answer</summary>
#
# ```python
# equal = [(1, 2)]
# ```
#
# The two entries get the same gradient at every step. But nothing is lost: the sum of the two
# entries does what one entry did, and the cost is the same. Two equal hidden units are a loss,
# because they could have been different functions. Two equal inputs could not.
#
# </details>
#
# ## 4. Where zero stands still
#
# **Your turn:** find four samples, not all zero, for which $dw = 0$ and $db = 0$ at the start. The
# labels are given.

# %% task-still
X4 = ...  # your line: an array of shape (2, 4)
Y4 = np.array([[0, 1, 1, 0]])


# %% check-still
def check_still(X4, Y4):
    """Check that the gradient at zero vanishes for these samples."""
    if X4 is ...:
        print("Not filled in yet. Write X4, then run both cells again.")
        return
    X4 = np.array(X4, dtype=float)
    if X4.shape != (2, 4):
        print(
            "X4 needs the shape (2, 4), a column for each sample, got", X4.shape
        )
    elif not X4.any():
        print("All inputs are zero. Find others.")
    else:
        grads, cost = logistic.propagate(np.zeros((2, 1)), 0.0, X4, Y4)
        if np.abs(grads["db"]) > 1e-12:
            print(
                "db is", grads["db"], "- it is the share of ones that decides."
            )
        elif np.abs(grads["dw"]).max() > 1e-12:
            print(
                "dw is",
                grads["dw"].ravel(),
                "- compare the means of the two classes.",
            )
        else:
            print(
                f"Right: the gradient at zero is zero, and the cost is {cost:.3f}."
            )
            parameters, history = train(X4, Y4, [2, -1], b=1.0)
            show(w_from_elsewhere=parameters["w"].T, decimals=2)
            print(f"The cost from elsewhere ends at {history.costs[-1]:.3f}.")


check_still(X4, Y4)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# X4 = np.array([[-1, -1, 1, 1], [-1, 1, -1, 1]])
# Y4 = np.array([[0, 1, 1, 0]])
# ```
#
# Any four samples with equal class means will do. These are the corners of XOR.
#
# Is the model stuck at zero, or done? Done: from elsewhere, the run comes to zero by itself. A line
# can get three of the four right, but then it is sure of a wrong answer for the fourth, and that
# costs more than it gains. With a convex cost, a gradient of zero means that nothing is left to do.
#
# </details>
#
# ## 5. What it cannot do
#
# **Predict.** Logistic regression on the flower of Week 3: is the accuracy below {=logistic low .1f},
# between this and {=logistic high .1f}, or above?

# %% predict-flower
accuracy = ...  # your prediction: "below", "between" or "above"

# %% run-flower
X_flower, Y_flower = datasets.flower()
parameters, _ = train(X_flower, Y_flower, [0, 0])
reached = logistic.accuracy(**parameters, X=X_flower, Y=Y_flower)
print(f"accuracy {reached:.3f}")
low, high = 0.6, 0.8
compare(
    accuracy,
    "below" if reached < low else "between" if reached <= high else "above",
)
fig = plots.decision_regions(
    lambda X: logistic.predict(**parameters, X=X),
    X_flower,
    Y_flower,
    title="One unit",
)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# accuracy = "below"
# ```
#
# The boundary of one unit is a straight line, and the petals lie on all sides of it. More units are
# needed, and then the start matters: go on with [the planar lab](planar.ipynb).
#
# </details>
