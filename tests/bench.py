"""How fast it is, against what others would use: `python tests/bench.py [--rounds N] [GROUP ...]`.

Every row of the table is a ratio of two medians. The contestants take turns: each round runs each
of them once, so that a busy minute of the machine slows all alike. The quartiles are those of the
ratios of single rounds. Without arguments, all groups are measured, and docs/bench.md gets the
table.
"""

import argparse
import os
import platform
import re
import sys
import threading
import time
import tracemalloc
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from bench_site import EXAMPLES, Projects, weights
from contestants import arithmetic, course, products, pytorch, scikit_learn

from snippets.machine import typed
from symbreak import datasets, gram, initializers, network

PAGE = Path(__file__).resolve().parent.parent / "docs" / "bench.md"
BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of table -->"
HEAD = "| problem | A | B | A / B | quartiles | target | holds |"


@dataclass
class Row:
    """A line of the table: A as a multiple of B, how much that varied, and what it should be."""

    problem: str
    a: str
    b: str
    ratio: float
    quartiles: tuple[float, ...] = ()
    at_least: float = 0
    at_most: float = np.inf

    @property
    def holds(self):
        return self.at_least <= self.ratio <= self.at_most

    def __str__(self):
        target = f"at least {self.at_least:g}" if self.at_least else ""
        target = f"at most {self.at_most:g}" if self.at_most < np.inf else target
        holds = ("yes" if self.holds else "no") if target else ""
        spread = " to ".join(map(short, self.quartiles))
        cells = self.problem, self.a, self.b, short(self.ratio), spread, target, holds
        return f"| {' | '.join(cells)} |"


def short(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def interleaved(contestants, rounds, warm_up=1):
    """Return for each contestant the seconds it took in each round."""
    seconds = {name: [] for name in contestants}
    for _ in range(warm_up + rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: np.array(taken[warm_up:]) for name, taken in seconds.items()}


def compare(problem, seconds, a, b, **target):
    A, B = seconds[a], seconds[b]
    quartiles = tuple(np.percentile(A / B, [25, 75]))
    return Row(problem, a, b, np.median(A) / np.median(B), quartiles, **target)


# Training -------------------------------------------------------------------------------------

LOOP, TRAIN = "loop as in the course", "`network.train`"
PLANAR, WIDE = "2-4-1 tanh, flower, 400 samples", "12288-7-1 ReLU, 209 samples"


def planar(rounds=15, iterations=2000):
    problem = *datasets.flower(), initializers.normal((2, 4, 1), seed=3), 1.2, iterations

    def train(cost_every):
        X, Y, start, rate, n = problem
        options = {"learning_rate": rate, "num_iterations": n, "cost_every": cost_every}
        return lambda: network.train(X, Y, start, **options)

    no_cost, all_costs, alone = f"{TRAIN}, no costs", f"{TRAIN}, all costs", "its arithmetic alone"
    t = interleaved(
        {
            TRAIN: train(10),  # its default for 10,000 iterations
            no_cost: train(iterations),
            all_costs: train(1),
            LOOP: lambda: course(*problem),
            f"{LOOP}, no costs": lambda: course(*problem, cost=False),
            "PyTorch": lambda: pytorch(*problem),
            "scikit-learn": lambda: scikit_learn(*problem),
            alone: lambda: arithmetic(*problem),
        },
        rounds,
    )
    return [
        compare(PLANAR, t, LOOP, TRAIN, at_least=1.3),
        compare(PLANAR, t, f"{LOOP}, no costs", no_cost),
        compare(PLANAR, t, LOOP, all_costs),
        compare(PLANAR, t, "PyTorch", TRAIN, at_least=15),
        compare(PLANAR, t, "scikit-learn", TRAIN, at_least=5),
        compare(PLANAR, t, no_cost, alone),
        compare(PLANAR, t, "PyTorch", alone),
    ]


def stacked(rounds=9, iterations=1000):
    X, Y = datasets.flower()
    lengths = {1: iterations, 8: iterations // 2, 64: iterations // 10, 512: iterations // 50}

    def train(runs):
        seeds = range(runs)
        start = initializers.stack([initializers.normal((2, 4, 1), seed=k) for k in seeds])
        options = {"learning_rate": 1.2, "num_iterations": lengths[runs], "cost_every": 10}
        return lambda: network.train(X, Y, start, **options)

    one = initializers.normal((2, 4, 1), seed=0)
    contestants = {LOOP: lambda: course(X, Y, one, 1.2, iterations)}
    t = interleaved(contestants | {runs: train(runs) for runs in lengths}, rounds)
    rows = []
    for runs, length in lengths.items():  # seconds for each iteration of each run
        name = f"{runs} in one {TRAIN}"
        each = {LOOP: t[LOOP] / iterations, name: t[runs] / (runs * length)}
        rows.append(compare(f"{PLANAR}, each run", each, LOOP, name, at_least={64: 5}.get(runs, 0)))
    return rows


def wide(rounds=9, iterations=50, in_coordinates=2000):
    random = np.random.RandomState(1)
    X, dZ1 = random.rand(12288, 209), random.randn(7, 209)
    Y = (random.rand(1, 209) < 0.35).astype(float)  # about as many cats as in the course
    start = initializers.sqrt_n((12288, 7, 1), seed=1)
    options = {"learning_rate": 0.0075, "activation": "relu"}

    def train(function, n):
        return lambda: function(X, Y, start, num_iterations=n, cost_every=max(n, 1), **options)

    once = "what `gram.train` does once"
    t = interleaved(
        {
            "its two large products": lambda: products(X, start["W1"], dZ1, iterations),
            TRAIN: train(network.train, iterations),
            LOOP: lambda: course(X, Y, start, num_iterations=iterations, **options),
            "gram": train(gram.train, in_coordinates),
            once: train(gram.train, 0),
        },
        rounds,
    )
    step = "an iteration of the loop"
    t |= {step: t[LOOP] / iterations, "one of `gram.train`": (t["gram"] - t[once]) / in_coordinates}
    return [
        compare(WIDE, t, TRAIN, "its two large products", at_most=1.3),
        compare(WIDE, t, step, "one of `gram.train`", at_least=50),
        compare(WIDE, t, once, step),
    ]


def memory(iterations=1000):
    few, many = (peak(n) for n in (iterations, 16 * iterations))
    a, b = (
        f"peak memory, {16 * iterations:,} iterations",
        f"{iterations:,} iterations, {few:.0f} kB",
    )
    return [Row(PLANAR, a, b, many / few, at_most=1.1)]


def peak(iterations):
    """Return the kB that numpy and Python held at most while training.

    Not in its first 5 ms, when `network.train` asks for 31 MB and gives them back unused.
    """
    X, Y = datasets.flower()
    start = initializers.normal((2, 4, 1), seed=3)
    network.train(X, Y, start, learning_rate=1.2, num_iterations=0)  # imports what it needs
    tracemalloc.start()
    threading.Timer(0.005, tracemalloc.reset_peak).start()
    network.train(X, Y, start, learning_rate=1.2, num_iterations=iterations)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1000


# The site -------------------------------------------------------------------------------------


def examples(rounds=3):
    ours, notebooks = "`python -m snippets`, empty cache, each", "notebooks in mkdocs-jupyter, each"
    with Projects() as projects:
        t = interleaved(
            {
                ours: projects.run_examples,
                notebooks: projects.build_notebooks,
                "no notebooks": projects.build_without_notebooks,
            },
            rounds,
            warm_up=0,
        )
    t[notebooks] -= t["no notebooks"]
    t = {name: taken / len(EXAMPLES) for name, taken in t.items()}
    return [compare_seconds(f"{len(EXAMPLES)} examples", t, notebooks, ours, at_least=8)]


def site(rounds=3):
    cold, same = "empty cache", "nothing changed"
    word, comment = "a word added to a page", "a comment added to an example"
    with Projects() as projects:
        t = interleaved(
            {
                cold: projects.build_cold,
                same: projects.build,
                word: lambda: projects.build_after("docs/two-layers.md", "\nAgain.\n"),
                comment: lambda: projects.build_after("snippets/two-layers/rows.py", "# again\n"),
            },
            rounds,
            warm_up=0,
        )
    return [compare_seconds("`mkdocs build`", t, cold, name) for name in (same, word, comment)]


def compare_seconds(problem, seconds, a, b, **target):
    """Make a row that also says how long it takes."""
    row = compare(problem, seconds, a, b, **target)
    row.a, row.b = (f"{name}, {short(np.median(seconds[name]))} s" for name in (a, b))
    return row


def weight():
    light, heavy = weights("two-layers/")
    a, b = f"first visit with MathJax, {heavy / 1000:.0f} kB", f"ours, {light / 1000:.0f} kB"
    return [Row("page on two layers", a, b, heavy / light)]


# The table ------------------------------------------------------------------------------------

FUNCTIONS = (planar, stacked, wide, memory, examples, site, weight)
GROUPS = {function.__name__: function for function in FUNCTIONS}


def table(rows):
    return "\n".join([HEAD, "|---" * HEAD.count(" | ") + "|---|", *map(str, rows)])


def machine():
    packages = {"numpy": "numpy", "PyTorch": "torch", "scikit-learn": "scikit-learn"}
    versions = [f"{name} {version(package)}" for name, package in packages.items()]
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text(encoding="utf-8") if cpuinfo.exists() else ""
    model = re.search(r"model name\s*: (.+)", text)
    processor = model[1] if model else platform.machine()
    return (
        f"Processor: {processor}, {os.cpu_count()} cores, of which training uses one. "
        f"Python {platform.python_version()}, {', '.join(versions)}."
    )


def written(page, block):
    """Return the page with this table, and its numbers in the front matter, for the prose."""
    inside = re.compile(f"(?<={BEGIN}\n).*(?={END})", re.DOTALL)
    page = inside.sub(lambda _: f"\n{block}\n\n", page)
    known = ", ".join(f"{k:.12g}" for k in sorted({*typed.numbers(block)}))
    return re.sub(r"^numbers: .*", f"numbers: [{known}]", page, flags=re.MULTILINE)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--rounds", type=int, help="fewer or more, where a group has rounds")
    options = parser.parse_args()
    if unknown := {*options.groups} - {*GROUPS}:
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    rows = []
    for name in options.groups or GROUPS:
        group, start = GROUPS[name], time.monotonic()
        timed = options.rounds and "rounds" in group.__code__.co_varnames
        rows += group(rounds=options.rounds) if timed else group()
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    block = f"{table(rows)}\n\n{machine()}"
    print(block)
    if not options.groups and not options.rounds:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), block), encoding="utf-8")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
