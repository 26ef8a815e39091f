"""What the pages promise of each box, and what the stand-ins for the notebooks print.

    python tests/promised.py site > table.md

writes both side by side for a built site; with SYMBREAK_CATS, on the course's images too.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from hosts import Host, arithmetic

from symbreak import datasets

GENERATIONS = ("old", "new")
FOLDER = Path(os.environ.get("SYMBREAK_CATS", "datasets"))


class Page(HTMLParser):
    """The boxes of a page by the names on its `@paste` lines, and its tables by their examples.

    A table is a dictionary: the text of the first cell -> the column -> the text of the cell.
    """

    def __init__(self, html: str):
        super().__init__()
        self.boxes, self.tables = {}, {}
        self.box, self.example, self.code, self.cells = None, None, False, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.box = attributes.get("data-paste") or self.box
        self.example = attributes.get("data-snippet") or self.example
        if tag == "pre" and self.box:
            self.code, self.boxes[self.box] = True, ""
        if tag == "table":
            self.columns = None
        if tag == "tr":
            self.cells = []
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag == "pre":
            self.box, self.code = None, False
        if tag == "table":
            self.example = None
        if tag == "tr" and self.columns is None:
            self.columns = self.cells
        elif tag == "tr":
            row = dict(zip(self.columns, self.cells))
            self.tables.setdefault(self.example, {})[self.cells[0]] = row

    def handle_data(self, data):
        if self.code:
            self.boxes[self.box] += data
        elif self.cells:
            self.cells[-1] += data.strip()


def read(site: Path, notebook: str) -> Page:
    path = site / "assignments" / notebook / "index.html"
    return Page(path.read_text(encoding="utf-8"))


# What the notebooks train on -----------------------------------------------------------------


def planar_data():
    X, Y = datasets.flower()
    return X, Y.astype(np.uint8)


def moons_data():
    X, Y = datasets.moons()
    return X, Y.astype(int)


def circle_data():
    return [
        a.astype(int) if len(a) == 1 else a
        for seed, m in ((1, 300), (2, 100))
        for a in datasets.circles(m, seed=seed)
    ]


def digits():
    X, Y, X_test, Y_test = datasets.load_digits(8)
    return X, Y.astype(int), X_test, Y_test.astype(int)


def images(n_x=48):
    """Return noise with light and dark areas, as bright as the cats are (0.41 +- 0.12).

    The labels are as many as theirs: 72 of 209 and 33 of 50.
    """
    random = np.random.RandomState(5)
    waves = np.cos(np.pi * np.outer(np.arange(n_x) / n_x, (1, 2, 3)))
    X, X_test = (
        np.clip(
            0.41
            + 0.12 * random.randn(m)
            + 0.12 * waves.dot(random.randn(3, m))
            + 0.05 * random.randn(n_x, m),
            0,
            1,
        )
        for m in (209, 50)
    )
    return X, (np.arange(209) < 72)[None] * 1, X_test, (np.arange(50) < 33)[None] * 1


def cats():
    files = FOLDER / "train_catvnoncat.h5", FOLDER / "test_catvnoncat.h5"
    X, Y, X_test, Y_test = datasets.load_cats(*files)
    return X, Y.astype(int), X_test, Y_test.astype(int)


# What they print -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Promise:
    """A table of a page, and the cells of the notebook that print it."""

    notebook: str
    example: str
    data: Callable
    cells: tuple  # that train and print accuracies
    before: tuple = ()  # cells in between that the reader runs before
    edit: tuple = ("", "")  # of the cells, where the example differs from the notebook


PROMISES = (
    Promise("planar", "paste-planar/results", planar_data, ("train", "accuracy")),
    Promise("initialization", "paste-initialization/results", circle_data, ("train",)),
    Promise(
        "logistic", "paste-logistic/results", digits, ("train",), edit=("rate=0.005", "rate=0.5")
    ),
)
CATS = (
    Promise("logistic", "paste-logistic/cats", cats, ("train",)),
    Promise(
        "application",
        "paste-application/cats",
        cats,
        ("train", "accuracy train", "accuracy test"),
    ),
    Promise(
        "application",
        "paste-application/deep",
        cats,
        ("train deep", "accuracy train deep", "accuracy test deep"),
        ("constants deep", "L_layer_model"),
    ),
)
NAMES = {
    "planar": "planar_data",
    "initialization": "circle_data",
    "application": "image_data",
    "logistic": "image_data",
}
ORIGINS = {
    "planar": "initialize_parameters",
    "logistic": "initialize_with_zeros",
    "application": "imports",
    "initialization": "initialize_parameters_zeros",
}


def kernel(notebook: str, generation: str, data: Callable, **options) -> Host:
    """Return the notebook, run down to the cell that trains."""
    found = data()
    host = Host(f"{notebook}_{generation}", **{NAMES[notebook]: lambda: found}, **options)
    host.run_all_above("train")
    return host


def said(printed: str) -> dict[str, str]:
    """Return what the columns of a table promise, as it is printed."""
    row = dict(re.findall(r"^Cost after iteration (\d+): (\S+)", printed, re.MULTILINE))
    accuracies = re.findall(r"[Aa]ccuracy: ([\d.]+%?)", printed)
    names = ["train", "test"] if len(accuracies) == 2 else ["accuracy"]
    row |= {
        name: text.replace("0.9999999999999998", "1.0") for name, text in zip(names, accuracies)
    }
    counts = re.findall(r"^-> \d+ units, (\d+) different", printed, re.MULTILINE)
    return row | {"check": f"{', '.join(counts)} different"}


def agrees(promised: str, printed: str) -> bool:
    """Compare as text: a promise is the beginning of what is printed."""
    return (printed.ljust(12, "0") if "." in printed else printed).startswith(promised)


def rows(
    promise: Promise, page: Page, generation: str, host: Host
) -> Iterator[tuple[str, dict, dict]]:
    """Do what the page says with each box: yield its name, what is promised, what is printed."""
    host.run(*promise.before)
    check = page.boxes[f"{promise.notebook} check"]
    for name, promised in page.tables[promise.example].items():
        box = page.boxes.get(f"{promise.notebook} {name}")
        if box is None:
            host.run(ORIGINS[promise.notebook])
            if not name.startswith("no box") or other(name, generation):
                continue
        else:
            host.paste(box)
        cells = "\n".join(host.cells[cell] for cell in promise.cells)
        assert promise.edit[0] in cells
        printed = host.paste(cells.replace(*promise.edit))
        if box is not None:
            assert re.match(r"Start of the box: \w", printed), printed[:200]
        yield name, promised, said(printed + host.paste(check))


def other(name: str, generation: str) -> bool:
    """Tell whether a row without a box is for another notebook, or for another call."""
    return "he" in name.split() or {"old": "newer", "new": "older"}[generation] in name


def faults(promised: dict, printed: dict, generation: str) -> list[str]:
    """Compare a row, without what this generation does not print."""
    left_out = NOT_PRINTED | ({"2499"} if generation == "old" else set())
    return [
        f"{column}: {text} is promised, {printed.get(column)} is printed"
        for column, text in promised.items()
        if column not in left_out and not agrees(text, printed.get(column, ""))
    ]


NOT_PRINTED = {"box", "labels like no box"}


class Remembered:
    """Train once from a start, and tell the other generation again what happened."""

    def __init__(self, descend: Callable):
        self.descend, self.known = descend, {}

    def __call__(self, X, Y, parameters, rate, steps, rules, report):
        content = ((name, hash(a.tobytes())) for name, a in {"X": X, "Y": Y, **parameters}.items())
        key = (rate, steps, rules, *content)
        if key not in self.known:
            costs = []
            end = self.descend(
                X, Y, dict(parameters), rate, steps, rules, lambda i, cost: costs.append(cost)
            )
            self.known[key] = costs, end
        costs, end = self.known[key]
        for i, cost in enumerate(costs):
            report(i, cost)
        parameters.update(end)
        return parameters


def main(site: Path) -> int:
    arithmetic.descend = Remembered(arithmetic.descend)
    wrong = 0
    print("| notebook | box | column | promised | older prints | newer prints |")
    print("|---|---|---|---|---|---|")
    for promise in (*PROMISES, *(CATS if "SYMBREAK_CATS" in os.environ else ())):
        page, found = read(site, promise.notebook), promise.data()
        table = {}
        for generation in GENERATIONS:
            host = kernel(promise.notebook, generation, lambda found=found: found)
            for name, promised, printed in rows(promise, page, generation, host):
                wrong += len(faults(promised, printed, generation))
                table.setdefault(name, {})[generation] = promised, printed
        for name, both in table.items():
            promised = next(iter(both.values()))[0]
            for column, text in promised.items():
                if column in NOT_PRINTED:
                    continue
                cells = [both.get(g, ({}, {}))[1].get(column, "-") for g in GENERATIONS]
                print("|", " | ".join([promise.example[6:], name, column, text, *cells]), "|")
    print(f"\n{wrong} differ")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) > 0)
