"""How fast it is, against what others would use: `python tests/bench.py [--rounds N] [GROUP ...]`.

Every row of the table is a ratio of two medians. The contestants take turns: each round runs each
of them once, so that a busy minute of the machine slows all alike. The quartiles are those of the
ratios of single rounds. Without arguments, all groups are measured. snippets/bench/bench.json gets
the rows of the groups that were measured, and keeps the others; with --rounds it stays as it is.
"""

import argparse
import os
import platform
import re
import sys
import threading
import time
import tracemalloc
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import results
from bench_site import EXAMPLES, Projects, weights
from contestants import arithmetic, course, products, pytorch, scikit_learn

from symbreak import datasets, gram, initializers, network


@dataclass
class Row:
    """A line of the table: A as a multiple of B, how much that varied, and what it should be."""

    name: str  # for the prose
    problem: str
    a: str
    b: str
    ratio: float
    quartiles: list[float] = field(default_factory=list)
    at_least: float = 0
    at_most: float = np.inf
    amounts: dict[str, float] = field(default_factory=dict)  # of "a" and "b", where the table
    unit: str = ""  # shows them

    @property
    def holds(self):
        return self.at_least <= self.ratio <= self.at_most

    def plain(self):
        """Return what the file holds of it."""
        found = vars(self).copy()
        at_least, at_most = found.pop("at_least"), found.pop("at_most")
        target = f"at least {at_least:g}" if at_least else ""
        target = f"at most {at_most:g}" if at_most < np.inf else target
        holds = ("yes" if self.holds else "no") if target else ""
        return found | {"target": target, "holds": holds}


def interleaved(contestants, rounds, warm_up=1):
    """Return for each contestant the seconds it took in each round."""
    seconds = {name: [] for name in contestants}
    for _ in range(warm_up + rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: np.array(taken[warm_up:]) for name, taken in seconds.items()}


def compare(name, problem, seconds, a, b, **more):
    A, B = seconds[a], seconds[b]
    quartiles = np.percentile(A / B, [25, 75]).tolist()
    return Row(name, problem, a, b, np.median(A) / np.median(B), quartiles, **more)


# Training -------------------------------------------------------------------------------------

LOOP, TRAIN, ALONE = "loop as in the course", "`network.train`", "its arithmetic alone"
PLANAR, WIDE = "2-4-1 tanh, flower, 400 samples", "12288-7-1 ReLU, 209 samples"


def planar(rounds=15, iterations=2000):
    problem = *datasets.flower(), initializers.normal((2, 4, 1), seed=3), 1.2, iterations

    def train(cost_every):
        X, Y, start, rate, n = problem
        options = {"learning_rate": rate, "num_iterations": n, "cost_every": cost_every}
        return lambda: network.train(X, Y, start, **options)

    no_cost, all_costs = f"{TRAIN}, no costs", f"{TRAIN}, all costs"
    t = interleaved(
        {
            TRAIN: train(10),  # its default for 10,000 iterations
            no_cost: train(iterations),
            all_costs: train(1),
            LOOP: lambda: course(*problem),
            f"{LOOP}, no costs": lambda: course(*problem, cost=False),
            "PyTorch": lambda: pytorch(*problem),
            "scikit-learn": lambda: scikit_learn(*problem),
            ALONE: lambda: arithmetic(*problem),
        },
        rounds,
    )
    return [
        compare("loop", PLANAR, t, LOOP, TRAIN, at_least=1.3),
        compare("loop, no costs", PLANAR, t, f"{LOOP}, no costs", no_cost),
        compare("loop, all costs", PLANAR, t, LOOP, all_costs),
        compare("PyTorch", PLANAR, t, "PyTorch", TRAIN, at_least=15),
        compare("scikit-learn", PLANAR, t, "scikit-learn", TRAIN, at_least=5),
        compare("train to arithmetic", PLANAR, t, no_cost, ALONE),
        compare("PyTorch to arithmetic", PLANAR, t, "PyTorch", ALONE),
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
        b = f"{runs} in one {TRAIN}"
        each = {LOOP: t[LOOP] / iterations, b: t[runs] / (runs * length)}
        target = {"at_least": 5} if runs == 64 else {}
        rows.append(compare(f"{runs} runs", f"{PLANAR}, each run", each, LOOP, b, **target))
    return rows


def alone(rounds=9):
    """Compare stacked runs with the least that numpy needs for them."""
    rows = []
    for dims, runs, m, n in (((2, 4, 1), 64, 400, 100), ((2, 4, 4, 1), 20, 80, 500)):
        X, Y = datasets.flower(m)
        start = initializers.stack([initializers.normal(dims, seed=k) for k in range(runs)])
        options = {"learning_rate": 1.2, "num_iterations": n, "cost_every": n}
        t = interleaved(
            {
                f"{TRAIN}, no costs": partial(network.train, X, Y, start, **options),
                ALONE: partial(arithmetic, X, Y, start, 1.2, n),
            },
            rounds,
        )
        what = f"{runs} runs of {'-'.join(map(str, dims))} tanh, {m} samples"
        rows.append(compare(f"{what}, to arithmetic", what, t, *t))
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
        compare("products", WIDE, t, TRAIN, "its two large products", at_most=1.3),
        compare("gram", WIDE, t, step, "one of `gram.train`", at_least=50),
        compare("gram, once", WIDE, t, once, step),
    ]


def memory(iterations=1000):
    few, many = (peak(n) for n in (iterations, 16 * iterations))
    a, b = f"peak memory, {16 * iterations:,} iterations", f"{iterations:,} iterations"
    return [Row("memory", PLANAR, a, b, many / few, at_most=1.1, amounts={"b": few}, unit="kB")]


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
    problem = f"{len(EXAMPLES)} examples"
    return [compare_seconds("examples", problem, t, notebooks, ours, at_least=8)]


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
    return [
        compare_seconds(name, "`mkdocs build`", t, cold, name) for name in (same, word, comment)
    ]


def compare_seconds(name, problem, seconds, a, b, **target):
    """Make a row that also says how long it takes."""
    amounts = {"a": np.median(seconds[a]), "b": np.median(seconds[b])}
    return compare(name, problem, seconds, a, b, amounts=amounts, unit="s", **target)


def weight():
    light, heavy = weights("two-layers/")
    amounts = {"a": heavy / 1000, "b": light / 1000}
    a, b, ratio = "first visit with MathJax", "ours", heavy / light
    return [Row("weight", "page on two layers", a, b, ratio, amounts=amounts, unit="kB")]


# The file ------------------------------------------------------------------------------------

FILE = "bench/bench"
FUNCTIONS = (planar, stacked, alone, wide, memory, examples, site, weight)
GROUPS = {function.__name__: function for function in FUNCTIONS}


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--rounds", type=int, help="fewer or more, where a group has rounds")
    options = parser.parse_args()
    if unknown := {*options.groups} - {*GROUPS}:
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    whole = not options.groups or {*options.groups} == {*GROUPS}
    found, missed = {} if whole else results.read(FILE), 0
    for name in options.groups or GROUPS:
        group, start = GROUPS[name], time.monotonic()
        timed = options.rounds and "rounds" in group.__code__.co_varnames
        rows = group(rounds=options.rounds) if timed else group()
        found[name] = {"machine": machine(), "rows": [row.plain() for row in rows]}
        missed += sum(not row.holds for row in rows)
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        print("\n".join(f"  {row.name}: {row.ratio:.3g}" for row in rows), flush=True)
    if options.rounds:
        print(results.kept(FILE))
    else:
        results.write(FILE, {name: found[name] for name in GROUPS if name in found})
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
