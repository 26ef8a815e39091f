"""The check after a run from the constant box: 7 units, 1 different."""

# data: SYMBREAK_CATS
import os
from pathlib import Path

from symbreak import datasets, gram, paste

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
parameters, _ = gram.train(
    X,
    Y,
    paste.start("application", "constant", (12288, 7, 1)),
    activation="relu",
    learning_rate=0.0075,
    num_iterations=2500,
)
names = {"parameters": parameters, "train_x": X, "train_y": Y}
names["initialize_parameters"] = paste.start  # not the notebook's own
exec(paste.check_box("application"), names)
