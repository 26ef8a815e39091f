"""The check after a run: one unit, nothing to be tied to."""

from symbreak import datasets, logistic, paste

X, Y, _, _ = datasets.load_digits(8)
d, _ = logistic.train(
    X,
    Y,
    paste.start("logistic", "constant", (64, 1)),
    learning_rate=0.5,
    num_iterations=2000,
)
exec(paste.check_box("logistic"), {"d": d})
