"""Numbers typed in prose, where references are the rule."""

from pathlib import Path

import pytest

from snippets.machine import examples, fences, prose, typed


def found(text, known=(), allowed=()):
    return [fault.split(" is typed")[0] for _, fault in typed.faults(text, list(known), allowed)]


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
        ("With $n<m$ it is 0.93, not $a>b$.", ["0.93"]),
        ('??? question "Set `rate=0.5`. Is it 0.25?"', ["0.25"]),
    ],
)
def test_decimals_and_percentages_are_found(text, numbers):
    assert found(text) == numbers


def test_what_is_listed_may_be_typed_and_whole_numbers_may_be_those_of_an_example():
    assert found("0.5 of 400 in 2021, 100%", known=[400], allowed=["0.5", "2021", "100%"]) == []
    (fault,) = found("of 401", known=[400])
    assert fault.startswith("no example of this page has the number '401': print it in one, or")


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setattr(examples, "ROOT", tmp_path)
    (tmp_path / "snippets").mkdir()
    return (tmp_path / typed.LIST).write_text


def test_the_list_may_name_a_number_for_one_page(write):
    write(
        "- {number: 0.5, because: one half}\n"
        "- {number: '2021', because: the thread, page: docs/index.md}\n"
    )
    allowed, faults = typed.read()
    assert faults == []
    assert [(e.number, e.page) for e in allowed] == [("0.5", ""), ("2021", "docs/index.md")]
    texts = {"docs/index.md": "In 2021", "docs/b.md": "0.5"}
    assert list(typed.unused(allowed, texts)) == []
    (fault,) = typed.unused(allowed, {"docs/b.md": "0.5 in 2021"})
    assert fault == "snippets/typed.yml: '2021' is typed on no page docs/index.md"


def test_without_a_list_nothing_may_be_typed(tmp_path, monkeypatch):
    monkeypatch.setattr(examples, "ROOT", tmp_path)
    assert typed.read() == ([], [])


@pytest.mark.parametrize("text", ["[0.5]", "[", "a: 1", "- {number: 0.5}", "- {because: x}", "3"])
def test_a_list_that_cannot_be_read_is_named(write, text):
    write(text)
    (fault,) = typed.read()[1]
    assert fault.startswith("snippets/typed.yml must hold entries such as")


@pytest.mark.parametrize("page", prose.pages(), ids=lambda page: page.stem)
def test_a_decimal_typed_anywhere_in_a_page_is_found(page):
    text = prose._body(page.read_text(encoding="utf-8"))
    prose_lines = {
        number
        for number, line in fences.outside(text)
        if line.strip() and not line.lstrip().startswith(typed.NO_LINE)
    }
    for typed_number in ("0.7315", "73%"):
        changed = [
            f"{line} {typed_number}" if number in prose_lines else line
            for number, line in enumerate(text.splitlines(), start=1)
        ]
        found = typed.faults("\n".join(changed), [], ())
        assert {line for line, fault in found if fault.startswith(typed_number)} == prose_lines


LIMITS = {  # as docs/checked.md has them, and as the tests have them
    "250": ("browser/test_loading.py", "TRANSFER = 250_000  # bytes"),
    "1.6": ("browser/test_loading.py", '"downloadThroughput": 1.6e6 / 8,'),
    "1.8": ("browser/test_loading.py", "PAINT = 1800  # ms"),
    "0.02": ("browser/test_loading.py", "SHIFT = 0.02 "),
    "0.005": ("browser/test_loading.py", "STILL = 0.005 "),
    "1280": ("browser/test_browser.py", "WIDTHS = (1280, 390)"),
    "390": ("browser/test_browser.py", "WIDTHS = (1280, 390)"),
    "12.5": ("browser/test_browser.py", "longest_frame(browser, address, case) < 12.5 "),
    "1e-12": ("machine/test_playground.py", "assert max(off) < 1e-12"),
    "10": ("oracles/test_torch_optimizers.py", '"adam": (1, 10),'),
}


@pytest.mark.parametrize("number", LIMITS)
def test_a_limit_that_a_page_quotes_is_that_of_the_test(number):
    file, line = LIMITS[number]
    assert line in (Path(__file__).parent.parent / file).read_text()
    assert any((e.number, e.page) == (number, "docs/checked.md") for e in typed.read()[0])
