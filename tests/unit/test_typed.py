"""Numbers typed in prose, where references are the rule."""

from pathlib import Path

import pytest

from snippets.machine import examples, fences, prose, typed


def found(text, known=(), allowed=()):
    return [
        fault.split(" is typed")[0]
        for _, fault in typed.strict(text, list(known), set(allowed).__contains__)
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The cost is 0.644.", ["0.644"]),
        ("So 91% are right, 8 % wrong, $9\\%$ lost.", ["91%", "8%", "9%"]),
        ("The value is $0.7$.", ["0.7"]),
        ("$$\n\\frac{0.25}{x}\n$$", ["0.25"]),
        ("| a | 0.125 |", ["0.125"]),
        ("## Version 0.2.0", ["0.2.0"]),
        ("A nudge of 1e-12, or 1.5e-3.", ["1e-12", "1.5e-3"]),
        ("**0.5**, `0.25` and (0.125)", ["0.5", "0.25", "0.125"]),
        ("From -0.5 to 12,345.6", ["0.5", "12,345.6"]),
        ("{=one cost .3f} after 4 steps, in 3 layers, $10^{-6}$, W^{[1]}", []),
        ("```\n0.5\n```\n<!-- 0.5 -->\n[a](b-0.5.md) <b x=0.5>c</b>\n{: .a-0.5 }", []),
        ("@snippet page/one 0.5", []),
        ('??? question "Set `rate=0.5`. Is it 0.25?"', ["0.25"]),
    ],
)
def test_decimals_and_percentages_are_found(text, numbers):
    assert found(text) == numbers


def test_what_is_listed_may_be_typed_and_whole_numbers_may_be_those_of_an_example():
    assert found("0.5 of 400 in 2021, 100%", known=[400], allowed=["0.5", "2021", "100%"]) == []
    for text in ("of 401", "`$$` is a formula, as ${=one cost .3f}$, of 401"):
        (fault,) = found(text, known=[400])
        assert fault == "no example of this page has the number '401'"


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setattr(examples, "ROOT", tmp_path)
    (tmp_path / "snippets").mkdir()
    return (tmp_path / typed.LIST).write_text


def test_the_list_may_name_a_number_for_one_page(write):
    write(
        "typed:\n- {number: 0.5, because: one half}\n"
        "- {number: '2021', because: the thread, page: docs/index.md}\nold check: [docs/a.md]\n"
    )
    listed, faults = typed.read()
    assert faults == [] and listed.old == {"docs/a.md"}
    assert listed.allows("0.5", "docs/b.md") and listed.allows("2021", "docs/index.md")
    assert not listed.allows("2021", "docs/b.md")
    assert list(listed.unused(["0.5", "In 2021"])) == []
    assert list(listed.unused(["0.5"])) == ["snippets/typed.yml: '2021' is typed on no page"]


def test_without_a_list_every_page_is_strict(tmp_path, monkeypatch):
    monkeypatch.setattr(examples, "ROOT", tmp_path)
    assert typed.read() == (typed.Listed(), [])


@pytest.mark.parametrize(
    "text", ["typed: [0.5]\nold check: []\n", "[", "a: 1\n", "typed: 3\nold check:\n"]
)
def test_a_list_that_cannot_be_read_is_named(write, text):
    write(text)
    (fault,) = typed.read()[1]
    assert fault.startswith("snippets/typed.yml must hold `typed`, a list of")


PAGES = [page for page in prose.pages() if prose._place(page) not in typed.read()[0].old]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decimal_typed_anywhere_in_a_strict_page_is_found(page):
    text = prose._front_matter(page)[0]
    lines = text.splitlines()
    before = len(list(typed.strict(text, [], lambda number: False)))
    places = [
        number - 1
        for number, line in fences.outside(text)
        if line.strip() and not line.lstrip().startswith(typed.NO_LINE)
    ]
    for place in places:
        for number in ("0.7315", "73%"):
            changed = [*lines[:place], f"{lines[place]} {number}", *lines[place + 1 :]]
            found = list(typed.strict("\n".join(changed), [], lambda number: False))
            assert len(found) == before + 1, lines[place]


LIMITS = {  # as docs/checked.md has them, and as the tests have them
    "250": ("browser/test_loading.py", "TRANSFER = 250_000  # bytes"),
    "1.6": ("browser/test_loading.py", '"downloadThroughput": 1.6e6 / 8,'),
    "1.8": ("browser/test_loading.py", "PAINT = 1800  # ms"),
    "0.02": ("browser/test_loading.py", "SHIFT = 0.02 "),
    "0.005": ("browser/test_loading.py", "STILL = 0.005 "),
    "1280": ("browser/test_browser.py", "WIDTHS = (1280, 390)"),
    "390": ("browser/test_browser.py", "WIDTHS = (1280, 390)"),
    "100": ("browser/test_browser.py", "long_tasks(browser, address) < 0.05 "),
    "1e-12": ("machine/test_playground.py", "assert max(off) < 1e-12"),
    "10": ("oracles/test_torch_optimizers.py", '"adam": (1, 10),'),
}


@pytest.mark.parametrize("number", LIMITS)
def test_a_limit_that_a_page_quotes_is_that_of_the_test(number):
    file, line = LIMITS[number]
    assert line in (Path(__file__).parent.parent / file).read_text()
    assert typed.read()[0].allows(number, "docs/checked.md")
