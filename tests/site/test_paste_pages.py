"""The boxes on the pages, and what the pages say of them in the notebooks."""

import html
import re

import promised
import pytest
from hosts import FOLDER
from pasted import BOXES, TEXTS, costs, host
from promised import GENERATIONS, ORIGINS, PROMISES

from symbreak import paste

pytestmark = pytest.mark.usefixtures("trained_once")


@pytest.fixture(scope="module")
def pages(built):
    return {notebook: promised.read(built, notebook) for notebook in paste.NOTEBOOKS}


@pytest.mark.parametrize("names", [*BOXES, *((name, "check") for name in paste.NOTEBOOKS)])
def test_every_box_is_on_the_page_of_its_notebook_as_it_is(pages, names):
    text = paste.check_box(names[0]) if names[1] == "check" else paste.box(*names)
    assert pages[names[0]].boxes[" ".join(names)] == text


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.example)
def test_a_notebook_prints_with_each_box_what_its_page_promises(pages, promise, generation):
    """As text, line by line. Those of the course's images are in test_course_images."""
    page, notebook = pages[promise.notebook], host(promise.notebook, generation, promise.data)
    seen = set()
    for name, wanted, printed in promised.rows(promise, page, generation, notebook):
        assert promised.faults(wanted, printed, generation) == [], name
        seen.add(name)
    assert {name for notebook, name in BOXES if notebook == promise.notebook} < seen


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", ["zeros", "w1-zero"])
def test_while_w1_is_zero_the_application_prints_the_same_for_any_images(
    pages, experiment, generation
):
    page, notebook = pages["application"], host("application", generation)
    notebook.paste(page.boxes[f"application {experiment}"])
    for cell in ("train", "train deep"):
        said = promised.said(notebook.run(cell) + notebook.paste(page.boxes["application check"]))
        assert not notebook.names["parameters"]["W1"].any()
        table = "cats" if cell == "train" else "deep"
        wanted = page.tables[f"paste-application/{table}"][experiment]
        wanted = {
            column: text for column, text in wanted.items() if column not in ("train", "test")
        }
        assert promised.faults(wanted, said, generation) == []
        notebook.run("constants deep", "L_layer_model")


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("experiment", paste.NOTEBOOKS["application"].experiments)
def test_each_box_starts_both_networks_of_the_application(pages, experiment, generation):
    page, notebook = pages["application"], host("application", generation)
    notebook.paste(page.boxes[f"application {experiment}"])
    notebook.cells = {name: text.replace("2500", "101") for name, text in notebook.cells.items()}
    for cell in ("train", "train deep"):
        printed = notebook.run(cell)
        title = paste.EXPERIMENTS[experiment].title.format(value=0.001)
        assert printed.splitlines()[0] == f"Start of the box: {title}"
        wanted = [0, 100]
        assert list(costs(printed)) == wanted
        assert "parameters: W1" in notebook.paste(page.boxes["application check"])
        notebook.run("constants deep", "L_layer_model")


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("notebook", paste.NOTEBOOKS)
def test_each_cell_and_line_that_the_steps_name_is_in_the_notebook(notebook, generation, built):
    """The code in the steps of the page, and in the tab of one generation, blanks aside."""
    page = (built / "assignments" / notebook / "index.html").read_text(encoding="utf-8")
    section = page.partition('id="use-a-box"')[2].partition("admonition")[0]
    common, *tabs = section.split('class="tabbed-block"')
    tab = tabs[0 if generation == "new" else 1]
    steps = re.findall(r"<code>(.*?)</code>", common + tab, re.DOTALL)
    assert len(steps) >= 4
    names = [f"{notebook}_{generation}.py", "public_tests.py", "application_utils.py"]
    known = [(FOLDER / name).read_text(encoding="utf-8") for name in names]
    known.append(paste.box(notebook, "constant"))
    known = re.sub(r"[\s\"']", "", "".join(known))
    for text in map(html.unescape, steps):
        part = text.removeprefix("AssertionError: ").partition("...")[0]
        assert re.sub(r"[\s\"']", "", part) in known, text


# The tests of the newer notebooks ------------------------------------------------------------

TESTS = {
    ("planar", "test initialize_parameters"): "Wrong values for W1",
    ("planar", "test nn_model"): "Wrong values for W1",
    ("logistic", "test initialize_with_zeros"): "Wrong values for w",
    ("logistic", "test model"): "Wrong values for d['costs']",
    ("application", "test two_layer_model"): "Not all tests were passed for two_layer_model",
    ("application", "test L_layer_model"): "Not all tests were passed for L_layer_model",
    ("initialization", "test initialize_parameters_zeros"): "Not all tests were passed for",
}


@pytest.mark.parametrize(("notebook", "cell"), TESTS)
def test_a_test_of_a_newer_notebook_fails_with_a_box_as_the_page_says(notebook, cell, built):
    new = host(notebook, "new")
    if "L_layer" in cell:
        new.run("constants deep", "L_layer_model")
    new.run(cell)  # passes before
    new.paste(paste.box(notebook, "constant"))
    with pytest.raises(AssertionError, match=re.escape(TESTS[notebook, cell])):
        new.run(cell)
    new.run(ORIGINS[notebook])
    new.run(cell)  # and after
    page = (built / "assignments" / notebook / "index.html").read_text(encoding="utf-8")
    page = page.replace("&#39;", "'").replace("&#x27;", "'")
    assert TESTS[notebook, cell].partition(" for two")[0].partition(" for L_")[0] in page


@pytest.mark.parametrize("notebook", paste.NOTEBOOKS)
def test_the_page_says_what_the_error_says(notebook, built):
    with pytest.raises(NameError) as error:
        exec(TEXTS[[name for name, _ in BOXES].index(notebook)], {})
    page = (built / "assignments" / notebook / "index.html").read_text(encoding="utf-8")
    assert f"NameError: {error.value}" in " ".join(page.split())
