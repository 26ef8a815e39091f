"""Stand-ins for the notebooks of the course: their names, signatures, seeds, shapes and printing.

The code is our own. A file is a notebook: `# %% name` starts a cell. `_old` is the generation of
2018 to 2020, `_new` the one from 2021 on.
"""

import contextlib
import io
from pathlib import Path

FOLDER = Path(__file__).parent


class Host:
    """A notebook with its kernel: run cells by name, run pasted text, read what was printed."""

    def __init__(self, name: str, **names):
        text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
        parts = [part.partition("\n") for part in text.split("# %% ")[1:]]
        self.cells = {title.strip(): body for title, _, body in parts}
        self.names = {"__name__": "__main__", **names}
        self.printed = ""

    def run(self, *titles: str) -> str:
        return self.paste("\n".join(self.cells[title] for title in titles))

    def run_all_above(self, title: str) -> None:
        titles = list(self.cells)
        self.run(*titles[: titles.index(title)])

    def paste(self, text: str) -> str:
        """Run text as a cell and return what it printed."""
        stream = io.StringIO()
        with contextlib.redirect_stdout(stream):
            exec(compile(text, "cell", "exec"), self.names)
        return stream.getvalue()
