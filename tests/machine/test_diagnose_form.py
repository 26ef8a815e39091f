"""The form for pasted losses says what `diagnose` says: its module is asked through Node."""

import gzip
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import reports
from conftest import ROOT

from snippets.mkdocs_site import reading
from symbreak import diagnose, theory
from symbreak.diagnosis.costs import read_costs, read_curve, read_not_finite
from symbreak.diagnosis.findings import in_order

NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
FORM = ROOT / "docs" / "assets" / "diagnose"
TABLE = json.loads(reading.table())
SHARES = (None, None, 0.5, 0.25, 0.344, 0.9)


def ask(cases):
    done = subprocess.run(
        [NODE, str(ROOT / "tests" / "reading.mjs"), str(FORM / "read.js")],
        input=json.dumps({"table": TABLE, "cases": cases}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def entropy(p):
    return -p * math.log(p) - (1 - p) * math.log(1 - p)


def said(text, share):
    """Return what the package says; of the labels it knows their share of ones, not how many."""
    if share is None:
        found = diagnose(text).findings
    else:
        costs, iterations = read_costs(text)
        n, labels = len(costs), SimpleNamespace(ones=share, entropy=entropy(share), m=math.nan)

        def where(i):
            return f"cost {i + 1} of {n}" if iterations is None else f"iteration {iterations[i]}"

        finite = np.isfinite(costs).all()
        found = read_curve(costs, labels, where) if finite else [read_not_finite(costs, where)]
        found = in_order(found)
    return [
        {"name": f.name, "seen": f.evidence, "means": f.meaning, "change": f.change} for f in found
    ]


def compare(cases):
    """Ask both about each case, and return the names that were found."""
    answers = ask(cases)
    for (text, share), answer in zip(cases, answers, strict=True):
        assert answer == said(text, share), (text[:500], share)
    return {one["name"] for answer in answers for one in answer}


def curve(rng):
    """Return costs of one of many shapes, such as a training might print."""
    n, level = int(rng.integers(1, 60)), rng.choice([np.log(2), *levels(), rng.uniform(0, 3)])
    t, scale = np.arange(n), 10 ** rng.uniform(-7, 1)
    shape = rng.integers(9)
    if shape == 0:
        costs = np.full(n, level)
    elif shape == 1:
        costs = level + scale * np.exp(-t * rng.uniform(0.01, 2))
    elif shape == 2:
        costs = level + scale * np.abs(rng.normal(size=n))
    elif shape == 3:
        costs = level + scale * (1 + np.cos(t * rng.uniform(0.1, 3))) * np.exp(-t / n * 2)
    elif shape == 4:  # a plateau, then a fall
        steep = rng.uniform(0.2, 3)
        costs = level / (1 + np.exp(np.clip(steep * (t - n * rng.uniform(0.1, 1)), -50, 50)))
    elif shape == 5:  # one that is being left
        costs = level - scale * 1e-3 * rng.uniform(1.05, 2) ** (t - n)
    elif shape == 6:
        costs = level * rng.uniform(1, 3) ** t
    elif shape == 7:
        costs = level + scale * rng.normal(size=n).cumsum()
    else:  # ties of rounding
        costs = rng.integers(0, 10**6, n) / 2.0 ** rng.integers(0, 8, n)
    costs = np.where(np.isfinite(costs), costs, 1e300)
    if rng.random() < 0.3 and costs.max() < 1e9:  # as printed with few digits
        costs = costs.round(rng.integers(2, 4))
    if rng.random() < 0.2:
        costs[rng.integers(n) :] = rng.choice([np.nan, np.inf, -np.inf])
        if rng.random() < 0.3:
            costs[-1] = level
    return costs


def levels():
    known = [0.25, 0.125, 1.0, np.log(10), np.log(3), *TABLE["CLIPPED"] * np.array([0.75, 0.1])]
    for p in filter(None, SHARES):
        known += [entropy(p), p * (1 - p), p * (1 - p) / 2, entropy(p) / np.log(2)]
    return known


def pasted(costs, rng):
    """Write costs in one of the forms they come in."""
    how = rng.choice(["{!r}", "{:.4f}", "{:.6f}", "{:.3e}"])
    numbers = [how.format(float(cost)) for cost in costs]
    every = int(rng.choice([1, 100, 1000]))
    return rng.choice(
        [
            "\n".join(numbers),
            f"[{', '.join(numbers)}]",
            "\n".join(f"Cost after iteration {i * every}: {x}" for i, x in enumerate(numbers)),
            "\r\n".join(
                f"Epoch {i}/{len(costs)}\n7/7 - 0s - accuracy: 0.5 - loss: {x} - val_loss: 0.7"
                for i, x in enumerate(numbers, 1)
            ),
            "\n".join(f"epoch {i % 7} | train loss {x}" for i, x in enumerate(numbers)),
        ]
    )


def test_the_costs_of_all_reports_are_read_as_the_package_reads_them():
    found, cases = [], reports.REPORTS + reports.KINDS
    for case in cases:
        costs, iterations = read_costs(case.build()["costs"])
        text = "\n".join(map(repr, costs.tolist()))
        if iterations is not None:
            text = "\n".join(
                f"Iteration {i}, cost: {x!r}" for i, x in zip(iterations, costs.tolist())
            )
        found += [(text, share) for share in set(SHARES)]
    assert len(compare(found)) > 10


def test_thousands_of_curves_are_read_as_the_package_reads_them():
    rng = np.random.default_rng(0)
    cases = [(str(pasted(curve(rng), rng)), SHARES[i % len(SHARES)]) for i in range(4000)]
    assert compare(cases) == set(TABLE["findings"])  # each finding at least once


@pytest.mark.parametrize("text", ["", " \n ", "it does not learn", "0.69 or so", "[1, (2, 3)]"])
def test_what_is_no_log_is_refused_by_both(text):
    (message,) = ask([(text, None)])
    assert "must" in message
    assert "got" in message
    assert "paste" in message
    with pytest.raises(ValueError, match="must"):
        diagnose(text)


def test_the_entropy_of_a_share_is_that_of_labels():
    assert entropy(0.25) == pytest.approx(theory.label_entropy(np.array([[1, 0, 0, 0]])))


def test_the_scripts_of_the_form_are_small():
    size = sum(len(gzip.compress(path.read_bytes())) for path in FORM.glob("*.js"))
    assert size <= 8 * 1024
