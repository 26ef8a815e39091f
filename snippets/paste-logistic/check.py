"""The check after a run: one unit, and nothing it could be a copy of."""

# data: SYMBREAK_CATS
import os
from pathlib import Path

from symbreak import datasets, logistic, paste

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
model, _ = logistic.train(
    X,
    Y,
    paste.start("logistic", "constant", (12288, 1)),
    learning_rate=0.005,
    num_iterations=2000,
)
names = {"train_set_x": X, "train_set_y": Y}
names["logistic_regression_model"] = model
exec(paste.check_box("logistic"), names)
