"""Stand-ins for the notebooks of the course: their cells, names, seeds, arithmetic and printing.

The code is our own. A file is a notebook: `# %% name` starts a cell. `_old` is the generation of
2018 to 2020, `_new` the one from 2021 on, as it is now (its first versions differ in some seeds).
A cell prints what that of the notebook prints at the same iterations, leaves the same variables
behind, and fails where that fails: with another start, or with a NumPy of today.
"""

import contextlib
import io
import warnings
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
# What the notebooks call and NumPy has dropped; float() took any array of one number.
DROPPED = {"np.int)": "int)", "np.alltrue": "np.all", "float(right": "number_in(right"}


class Host:
    """A notebook with its kernel: run cells by name, run pasted text, read what was printed.

    The notebook meets the NumPy of its time, unless `current` asks for that of today.
    """

    def __init__(self, name: str, current: bool = False, **names):
        text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
        self.names = {"__name__": "__main__", **names}
        if not current:
            for old, new in DROPPED.items():
                text = text.replace(old, new)
            self.names["number_in"] = np.ndarray.item
        parts = [part.partition("\n") for part in text.split("# %% ")[1:]]
        self.cells = {title.strip(): body for title, _, body in parts}
        self.printed = ""

    def run(self, *titles: str) -> str:
        return self.paste("\n".join(self.cells[title] for title in titles))

    def run_all_above(self, title: str) -> None:
        titles = list(self.cells)
        self.run(*titles[: titles.index(title)])

    def paste(self, text: str) -> str:
        """Run text as a cell and return what it printed; after an error, `printed` has it."""
        stream = io.StringIO()
        try:
            with contextlib.redirect_stdout(stream), warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # log(0), 0 / 0
                exec(compile(text, "cell", "exec"), self.names)
        finally:
            self.printed = stream.getvalue()
        return self.printed
