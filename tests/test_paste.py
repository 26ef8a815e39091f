"""The boxes, as text and in stand-ins for the notebooks (tests/hosts)."""

import ast
import contextlib
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hosts import Host

from symbreak import datasets, initializers, paste, symmetry

BOXES = [(name, e) for name, host in paste.NOTEBOOKS.items() for e in host.experiments]
TEXTS = [paste.box(*names) for names in BOXES]
CHECKS = [paste.check_box(name) for name in paste.NOTEBOOKS]
GENERATIONS = ("old", "new")
SIZES = {
    "planar": [(2, 4, 1), (3, 5, 2)],
    "logistic": [(6, 1)],
    "application": [(12, 7, 1), (12, 5, 4, 3, 1)],
    "initialization": [(2, 10, 5, 1), (2, 3, 1)],
}


# The text ------------------------------------------------------------------------------------


def expected(notebook, experiment, dims):
    """Return the same start by the functions of symbreak.initializers."""
    host = paste.NOTEBOOKS[notebook]
    weights = [f"W{layer}" for layer in range(1, len(dims))]
    drawn = {"seed": host.seed, "scale": host.value}
    return {
        "zeros": lambda: initializers.zeros(dims),
        "constant": lambda: initializers.constant(dims, host.value),
        "constant-times-layer": lambda: initializers.constant_times_layer(dims, host.value),
        "random": lambda: initializers.normal(dims, **drawn),
        "random-biases": lambda: initializers.random_biases(dims, **drawn),
        "w1-zero": lambda: initializers.partly_random(dims, weights[1:], **drawn),
        "last-w-zero": lambda: initializers.partly_random(dims, weights[:-1], **drawn),
        "linspace": lambda: initializers.linspace(dims, -host.value, host.value, host.value),
    }[experiment]()


@pytest.mark.parametrize(("notebook", "experiment"), BOXES)
def test_a_box_gives_the_start_of_the_initializer_number_for_number(notebook, experiment):
    for dims in SIZES[notebook]:
        start = paste.start(notebook, experiment, dims)
        wanted = expected(notebook, experiment, dims)
        if notebook == "logistic":
            start = {"W1": start["w"].T, "b1": np.array([[start["b"]]])}
        assert sorted(start) == sorted(wanted)
        for name, array in wanted.items():
            np.testing.assert_array_equal(start[name], array)


def test_the_random_boxes_have_the_seeds_of_the_course():
    seeds = {name: host.seed for name, host in paste.NOTEBOOKS.items()}
    assert seeds == {"planar": 2, "logistic": 1, "application": 1, "initialization": 3}


def test_every_experiment_has_a_box_and_every_array_is_named():
    assert {experiment for _, experiment in BOXES} == set(paste.EXPERIMENTS)


@pytest.mark.parametrize("text", TEXTS + CHECKS)
def test_a_box_is_short_plain_python_3_6_that_imports_numpy_alone(text):
    tree = ast.parse(text, feature_version=(3, 6))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [alias.name for node in imports for alias in node.names] == ["numpy"]
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    assert lines[1] == "# Work in a copy of the notebook, or delete this cell before you submit."
    assert len(lines) <= (45 if text in CHECKS else 25)
    assert max(map(len, lines)) <= 81


@pytest.mark.parametrize("text", TEXTS)
def test_a_box_calls_only_what_numpy_has_kept_since_1_11(text):
    calls = set(re.findall(r"np\.([\w.]+)", text))
    assert calls <= {"zeros", "full", "linspace", "random.RandomState"}


def test_a_box_leaves_the_global_random_numbers_alone():
    np.random.seed(7)
    wanted = np.random.rand()
    for names in BOXES:
        np.random.seed(7)
        paste.start(*names, SIZES[names[0]][0])
        assert np.random.rand() == wanted


def test_an_unknown_notebook_or_box_is_named_with_what_there_is():
    with pytest.raises(ValueError, match=r"notebook must be one of planar, .*got 'planer'.*planar"):
        paste.box("planer", "zeros")
    with pytest.raises(ValueError, match="experiment of logistic must be one of constant, random"):
        paste.box("logistic", "zeros")
    with pytest.raises(ValueError, match="notebook must be one of"):
        paste.check_box("week 3")


# The check -----------------------------------------------------------------------------------


def checked(notebook, parameters):
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        exec(paste.check_box(notebook), {"parameters": parameters})
    return stream.getvalue()


def different(printed):
    return [int(count) for count in re.findall(r"-> \d+ units, (\d+) different", printed)]


TIES = {
    "all different": (np.eye(3), [3, 3]),
    "equal": ([[1, 0, 0], [1, 0, 0], [0, 1, 0]], [2, 2]),
    "opposite": ([[1, 0, 0], [-1, 0, 0], [0, 1, 0]], [2, 3]),
    "half": ([[1, 0, 0], [0.5, 0, 0], [0, 1, 0]], [3, 2]),
    "opposite and half": ([[1, 0, 0], [-0.5, 0, 0], [0, 1, 0]], [3, 3]),
    "zero": ([[0, 0, 0], [0, 0, 0], [0, 1, 0]], [2, 2]),
}


@pytest.mark.parametrize("tie", TIES)
def test_the_check_counts_the_units_that_are_different(tie):
    mix, counts = TIES[tie]
    random = np.random.RandomState(0)
    into, out = np.dot(mix, random.randn(3, 3)), np.dot(mix, random.randn(3, 1)).T
    p = {"W1": into[:, :2], "b1": into[:, 2:], "W2": out, "b2": np.ones((1, 1))}
    for notebook, kind, count in zip(("planar", "initialization"), ("sign", "factor"), counts):
        printed = checked(notebook, p)
        assert different(printed) == [count]
        assert len(symmetry.tied_groups(p, kind=kind, rtol=1e-4)) == count
        assert ("the rest are copies" in printed) == (count < 3)
        assert ("no two are tied" in printed) == (count == 3)


def test_the_check_names_the_unit_and_the_kind_of_copy():
    W = np.array([[1.0, 2.0], [-1.0, -2.0], [1.0, 2.0], [3.0, 6.0]])
    p = {"W1": W, "b1": W[:, :1], "W2": W[:, :1].T, "b2": np.zeros((1, 1))}
    found = re.findall(r" (\d) row.*?(=.*|$)", checked("planar", p), re.MULTILINE)
    assert found[:4] == [("1", ""), ("2", "= minus unit 1"), ("3", "= unit 1"), ("4", "")]
    assert "= 3.00 * unit 1" in checked("application", p)


def test_the_check_looks_at_bias_and_outgoing_weights_too():
    p = paste.start("planar", "constant", (2, 3, 1))
    assert different(checked("planar", p)) == [1]
    for name in ("b1", "W2"):
        other = {key: array.copy() for key, array in p.items()}
        other[name].flat[1] += 0.01
        assert different(checked("planar", other)) == [2]


def test_the_check_prints_every_weight_and_bias_of_a_small_network():
    p = initializers.normal((2, 4, 1), seed=2, scale=1)
    p["b1"] += [[1], [2], [3], [4]]
    printed = checked("planar", p)
    for array in p.values():
        for number in array.flat[:3]:
            assert f"{number:.4f}" in printed


def test_the_check_speaks_of_zero_rows_and_of_numbers_that_are_not_finite():
    p = paste.start("initialization", "w1-zero", (2, 3, 2, 1))
    assert "3 different: rows zero, so the layer is the same" in checked("initialization", p)
    p["W1"][0, 0] = np.nan
    assert "not finite" in checked("initialization", p).splitlines()[4]


def test_the_check_takes_parameters_and_costs():
    p = paste.start("application", "constant", (5, 3, 1))
    assert checked("application", (p, [0.7, 0.6])) == checked("application", p)


# On the pages, in the notebooks --------------------------------------------------------------


class PageReader(HTMLParser):
    """Collect the boxes of a page, by the names on its `@paste` lines, and the rows of tables."""

    def __init__(self, html):
        super().__init__()
        self.boxes, self.rows = {}, {}
        self.box = self.cells = None
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if "data-paste" in attributes:
            self.box = tuple(attributes["data-paste"].split())
        if tag == "pre" and self.box:
            self.boxes[self.box], self.depth = "", 1
        if tag == "tr":
            self.cells = []
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag == "pre":
            self.box, self.depth = None, 0
        if tag == "tr" and self.cells:
            self.rows.setdefault(self.cells[0], []).append(self.cells[1:])

    def handle_data(self, data):
        if self.depth:
            self.boxes[self.box] += data
        elif self.cells:
            self.cells[-1] += data.strip()


@pytest.fixture(scope="module")
def pages(built):
    def read(notebook):
        path = built / "assignments" / notebook / "index.html"
        return PageReader(path.read_text(encoding="utf-8"))

    return {notebook: read(notebook) for notebook in paste.NOTEBOOKS}


def planar_data():
    X, Y = datasets.flower()
    return X, Y.astype(np.uint8)


def circle_data():
    return [
        a.astype(int) if len(a) == 1 else a
        for seed, m in ((1, 300), (2, 100))
        for a in datasets.circles(m, seed=seed)
    ]


def image_data():
    """Return noise with 48 pixels, and the labels of the notebook: 72 of 209 and 33 of 50."""
    random = np.random.RandomState(5)
    X, X_test = random.randint(0, 256, (48, 209)) / 255, random.randint(0, 256, (48, 50)) / 255
    return X, (np.arange(209) % 209 < 72)[None] * 1, X_test, (np.arange(50) < 33)[None] * 1


DATA = {
    "planar": {"planar_data": planar_data},
    "initialization": {"circle_data": circle_data},
    "application": {"image_data": image_data},
    "logistic": {"image_data": lambda: datasets.load_digits(8)},
}


def host(notebook, generation):
    """Return the notebook, run down to the cell that trains."""
    host = Host(f"{notebook}_{generation}", **DATA[notebook])
    host.run_all_above("train")
    return host


def costs(printed):
    found = re.findall(r"Cost after iteration (\d+): ([\d.]+)", printed)
    return {int(iteration): float(cost) for iteration, cost in found}


def agree(cells, costs, iterations):
    for cell, iteration in zip(cells, iterations):
        digits = len(cell.partition(".")[2])
        assert float(cell) == pytest.approx(costs[iteration], abs=1.5 * 10**-digits)


@pytest.mark.parametrize("names", [*BOXES, *((name, "check") for name in paste.NOTEBOOKS)])
def test_every_box_is_on_the_page_of_its_notebook_as_it_is(pages, names):
    text = paste.check_box(names[0]) if names[1] == "check" else paste.box(*names)
    assert pages[names[0]].boxes[names] == text


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", paste.NOTEBOOKS["planar"].experiments)
def test_the_planar_notebook_prints_what_its_page_says(pages, experiment, generation):
    page, notebook = pages["planar"], host("planar", generation)
    notebook.paste(page.boxes["planar", experiment])
    found = costs(notebook.run("train"))
    assert list(found) == list(range(0, 10_000, 1000))
    ((*cells, accuracy, units),) = page.rows[experiment]
    agree(cells, found, (0, 1000, 9000))
    percent = int(re.search(r"Accuracy: (\d+)%", notebook.run("accuracy"))[1])
    assert abs(percent - 100 * float(accuracy)) <= 1.5
    assert different(notebook.paste(page.boxes["planar", "check"])) == [int(units.split()[0])]


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", paste.NOTEBOOKS["initialization"].experiments)
def test_the_initialization_notebook_prints_what_its_page_says(pages, experiment, generation):
    page, notebook = pages["initialization"], host("initialization", generation)
    notebook.paste(page.boxes["initialization", experiment])
    printed = notebook.run("train")
    ((*cells, accuracies, units, _),) = page.rows[experiment]
    agree(cells, costs(printed), (0, 1000, 14_000))
    found = [float(share) for share in re.findall(r"Accuracy: ([\d.]+)", printed)]
    assert found == pytest.approx([float(x) for x in accuracies.split(",")], abs=0.015)
    counts = [int(count) for count in re.findall(r"(\d+) of", units)]
    assert different(notebook.paste(page.boxes["initialization", "check"])) == counts


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", ["zeros", "w1-zero"])
def test_the_application_notebook_prints_what_its_page_says(pages, experiment, generation):
    page, notebook = pages["application"], host("application", generation)
    notebook.paste(page.boxes["application", experiment])
    for cell, (_, *cells, moved, units) in zip(("train", "train deep"), page.rows[experiment]):
        agree(cells, costs(notebook.run(cell)), (0, 100, 2400))
        assert moved == "zero"
        assert not notebook.names["parameters"]["W1"].any()
        found = different(notebook.paste(page.boxes["application", "check"]))
        assert found[0] == int(units.split()[0])
        notebook.run("L_layer_model")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_last_w_zero_box_starts_the_application_at_ln_2_and_a_constant_stays_tied(
    pages, generation
):
    page, notebook = pages["application"], host("application", generation)
    notebook.paste(page.boxes["application", "last-w-zero"])
    assert costs(notebook.run("train"))[0] == pytest.approx(np.log(2), abs=1e-12)
    notebook.paste(page.boxes["application", "constant"])
    notebook.run("train")
    assert different(notebook.paste(page.boxes["application", "check"])) == [1]


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", paste.NOTEBOOKS["logistic"].experiments)
def test_the_logistic_notebook_prints_what_its_page_says(pages, experiment, generation):
    page, notebook = pages["logistic"], host("logistic", generation)
    notebook.paste(page.boxes["logistic", experiment])
    printed = notebook.run("train")
    ((*cells, accuracies, _),) = page.rows[experiment]
    agree(cells, costs(printed), (0, 100, 1900))
    found = [float(share) / 100 for share in re.findall(r"accuracy: ([\d.]+)", printed)]
    assert found == pytest.approx([float(x) for x in accuracies.split(",")], abs=0.015)
    assert "-> One unit" in notebook.paste(page.boxes["logistic", "check"])


@pytest.mark.parametrize(
    ("notebook", "generation", "cells", "lines"),
    [
        ("planar", "old", ["train"], {0: 0.693048, 1000: 0.288083}),
        ("planar", "new", ["train"], {0: 0.693162, 1000: 0.258625}),
        ("initialization", "new", ["initialize_parameters_he", "train he"], {0: 0.883054}),
    ],
)
def test_the_stand_ins_print_what_the_notebooks_print(notebook, generation, cells, lines):
    found = costs(host(notebook, generation).run(*cells))
    assert {i: found[i] for i in lines} == pytest.approx(lines, abs=1e-6)


# Twice, too early, undone --------------------------------------------------------------------

ORIGINS = {
    "planar": "initialize_parameters",
    "logistic": "initialize_with_zeros",
    "application": "imports",
    "initialization": "initialize_parameters_zeros",
}
HOOKS = [
    (name, hook)
    for name, notebook in paste.NOTEBOOKS.items()
    for hook in filter(None, (notebook.hook, notebook.short_hook))
]


def start_of(kernel, hook):
    sizes = {
        "initialize_with_zeros": (5,),
        "initialize_parameters": (2, 4, 1),
        "initialize_parameters_deep": ([2, 4, 3, 1],),
        "initialize_parameters_zeros": ([2, 4, 3, 1],),
    }
    made = kernel.names[hook](*sizes[hook])
    return made if isinstance(made, dict) else dict(zip("wb", made))


def same(one, other):
    return sorted(one) == sorted(other) and all(np.array_equal(one[k], other[k]) for k in one)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(("notebook", "hook"), HOOKS)
def test_a_box_can_be_pasted_twice_and_undone(notebook, hook, generation):
    kernel = host(notebook, generation)
    np.random.seed(3)
    original = start_of(kernel, hook)
    for experiment in paste.NOTEBOOKS[notebook].experiments:
        text = paste.box(notebook, experiment)
        kernel.paste(text)
        once = start_of(kernel, hook)
        kernel.paste(text)
        assert same(start_of(kernel, hook), once)
        if experiment != "zeros" or notebook != "logistic":
            assert not same(once, original)
        kernel.run(ORIGINS[notebook])
        np.random.seed(3)
        assert same(start_of(kernel, hook), original)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(("notebook", "experiment"), [*BOXES, ("planar", "check")])
def test_a_box_that_is_run_too_early_says_what_to_run_first(notebook, experiment, generation):
    kernel = Host(f"{notebook}_{generation}", **DATA[notebook])
    hook = paste.NOTEBOOKS[notebook].hook
    text = paste.box(notebook, experiment) if experiment != "check" else paste.check_box(notebook)
    with pytest.raises(NameError, match=r"First run the cell (of|with|that)"):
        kernel.paste(text)
    assert hook not in kernel.names
    kernel.run_all_above("train")
    if experiment != "check":
        kernel.paste(text)
        assert kernel.names[hook].__name__.startswith("initialize_")


@pytest.mark.parametrize("notebook", paste.NOTEBOOKS)
def test_the_page_says_what_the_error_says(pages, notebook, built):
    with pytest.raises(NameError) as error:
        exec(TEXTS[[name for name, _ in BOXES].index(notebook)], {})
    html = (built / "assignments" / notebook / "index.html").read_text(encoding="utf-8")
    assert f"NameError: {error.value}" in " ".join(html.split())


def test_a_large_sum_makes_the_sigmoid_1_and_the_notebook_s_cost_nan_or_infinite():
    with np.errstate(all="ignore"):
        A = 1 / (1 + np.exp(-np.array(40.0)))
        costs = [-(Y * np.log(A) + (1 - Y) * np.log(1 - A)) for Y in (1, 0)]
    assert A == 1
    assert np.isnan(costs[0])
    assert np.isinf(costs[1])


@pytest.mark.slow
def test_at_size_0_01_the_circles_stay_at_ln_2_whatever_the_box():
    from symbreak import network

    X, Y = datasets.circles()
    dims = (2, 10, 5, 1)
    texts = [paste.box("initialization", e).replace("0.3", "0.01") for e in SMALL]
    starts = []
    for text in [t for t in texts if "0.01" in t]:
        names = {"initialize_parameters_zeros": None}
        exec(text, names)
        starts.append(names["initialize_parameters_zeros"](dims))
    assert len(starts) == len(SMALL)
    starts.append(initializers.normal(dims, seed=3))
    options = {"activation": "relu", "learning_rate": 0.01, "num_iterations": 15_000}
    _, history = network.train(X, Y, initializers.stack(starts), cost_every=15_000, **options)
    assert np.abs(history.costs - np.log(2)).max() < 1e-4


SMALL = paste.NOTEBOOKS["initialization"].experiments
