"""Numbers in prose that refer to values, from the page to what is published."""

import pytest

EXAMPLE = '''"""The cost falls."""

import numpy as np

costs = np.array([0.69315, 0.5, 0.25])
share, runs = 0.908, 10_000
print(f"cost {costs[-1]:.2f}")
'''
PAGE = """\
# From {=fall costs[0] .3f}

@snippet page/fall

| runs | share |
|---|---|
| {=page/fall runs ,d} | **{=page/fall share .1%}** |

So $J = {=page/fall costs[0] .4f}$, in ${=page/fall share .1%}$ of them.
"""


@pytest.fixture
def fall(site):
    site.write("docs/index.md", PAGE.replace("{=fall", "{=page/fall"))
    site.write("snippets/page/fall.py", EXAMPLE)
    for name in ("four.py", "four.out"):
        (site.root / "snippets/page" / name).unlink()
    site.run("-m", "snippets", "--update")
    return site


def test_a_reference_becomes_the_number_of_the_record_and_a_new_one_runs_nothing(fall):
    code, log = fall.build()
    assert code == 0, log
    page = fall.read("site/index.html")
    assert "From 0.693</h1>" in page and "<td>10,000</td>" in page
    assert "<strong>90.8%</strong>" in page and "{=" not in page
    assert "0.6932" in page and r"90.8\%" in page  # the formulas, as TeX
    ran = fall.results()
    fall.replace("docs/index.md", "So $J", "It ends at {=page/fall costs[-1] .2f}.\n\nSo $J")
    code, log = fall.build()
    assert code == 1 and "+costs[-1] .2f: 0.25" in log and "shown at docs/index.md:9" in log
    assert fall.run("-m", "snippets", "--update").returncode == 0
    code, log = fall.build()
    assert code == 0 and "It ends at 0.25." in fall.read("site/index.html"), log
    assert fall.results() == ran
    # What is shown is the record, where a run agrees with it.
    fall.replace("snippets/page/fall.out", "costs[-1] .2f: 0.25", "costs[-1] .2f: 0.26")
    assert fall.build()[0] == 0
    assert "It ends at 0.26." in fall.read("site/index.html")


def test_what_does_not_hold_is_named_with_page_and_line(fall):
    fall.replace(
        "docs/index.md", "So $J", "A {=page/fall cost .2f}, {=page/fall costs .2f},\nSo $J"
    )
    fall.replace("docs/index.md", "in ${=page/fall share .1%}$", "{=page/fall share}, in 91%")
    fall.replace("docs/index.md", "| {=page/fall runs ,d}", "| {=page/fell runs ,d}")
    code, log = fall.build()
    assert code == 1 and "Nothing was published" in log
    for problem in (
        "docs/index.md:7: unknown example 'page/fell'",
        "docs/index.md:9: page/fall keeps no 'cost'; it keeps costs, share, runs",
        "docs/index.md:9: costs of page/fall is a list of 3: add an index",
        "docs/index.md:10: write {=<example> <value> <format>}",
        "docs/index.md:10: 91% is typed: refer to a value",
    ):
        assert problem in log
    fall.write("docs/index.md", PAGE.replace("{=fall", "{=page/fall"))
    fall.replace("snippets/page/fall.py", "0.69315", "0.69531")
    code, log = fall.build()
    assert code == 1 and "+costs[0] .3f: 0.695" in log
    assert "shown at docs/index.md:1, docs/index.md:9" in log
