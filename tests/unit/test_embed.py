"""One line of a page becomes an example, wherever Markdown has blocks."""

import html
import json
from xml.etree import ElementTree

import markdown
import pytest

from snippets.machine import boxes, cache, examples, kept, output, record, verdict
from snippets.machine.examples import Example
from snippets.machine.run import Result
from snippets.machine.verdict import DIFFERS, FAILED, OK, RECORDED, RUNNING, STALE, UNRECORDED
from snippets.mkdocs_site import embed
from symbreak import paste

SVG = '<svg viewBox="0 0 1 1"></svg>'
SOURCE = '"""One & only."""\nprint("a < b")\n'
PRINTED = {"text": "a < b\n"}
FIGURES = [
    {"alt": 'A "line".', "caption": "", "size": [400, 300], "svg": SVG, "summary": "axes 1"},
    {"alt": "Another.", "caption": "It *grows*.", "size": [200, 100], "svg": SVG, "summary": ""},
]


class Made:
    """The example `page/one` of a folder of its own, and what the machine says of it."""

    def __init__(self, folder):
        self.folder = folder
        self.source(SOURCE)

    def source(self, text):
        path = self.folder / "page" / "one.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def says(self, *outputs, status=OK, message="", **fields):
        self.shows(
            verdict.Verdict(
                Example("page/one"),
                Result("", cells={"": list(outputs)}, **fields),
                status,
                message,
            )
        )

    def shows(self, judged):
        output.write({"page/one": judged}, {})
        return judged


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder for examples; what is kept is kept beside it."""
    for module in (cache, output):
        monkeypatch.setattr(module, "CACHE", tmp_path / "cache")
    for name in ("VERDICTS", "NOTEBOOKS"):
        monkeypatch.setattr(output, name, tmp_path / "cache" / name.lower())
    monkeypatch.setattr(output, "BOXES", tmp_path / "cache" / "boxes.json")
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.setattr(examples, "FOLDER", tmp_path / "snippets")
    (tmp_path / "snippets").mkdir()
    return tmp_path / "snippets"


@pytest.fixture
def example(folder):
    made = Made(folder)
    made.says(PRINTED, *FIGURES)
    return made


def render(text):
    extensions = ["admonition", "tables", "pymdownx.details", "pymdownx.superfences"]
    extensions += ["pymdownx.tabbed", embed.EmbedExtension(judged=True)]
    configs = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.markdown(
        text, extensions=extensions, extension_configs=configs, output_format="xhtml"
    )


def test_a_page_is_refused_where_the_hooks_have_not_judged_the_examples():
    with pytest.raises(RuntimeError, match=r"has not run snippets/mkdocs_site/hooks\.py"):
        markdown.markdown("Text.", extensions=["snippets.mkdocs_site.embed"])


def test_an_example_shows_code_printout_and_figures_with_alt_and_caption(example):
    page = render("Before.\n\n@snippet page/one\n\nAfter.")
    assert page.count('data-snippet="page/one"') == 1
    assert "&lt; b" in page
    assert 'href="/snippets/page/one.py"' in page
    assert 'aria-label="A &quot;line&quot;."' in page
    assert "<figcaption>One &amp; only.</figcaption>" in page
    assert "<figcaption>It <em>grows</em>.</figcaption>" in page
    assert page.index("Before") < page.index("data-snippet") < page.index("After")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("@snippet page/one", "."),
        ("Text right above.\n@snippet page/one\nText right below.", "."),
        ("- item\n\n    @snippet page/one\n\n- item", "./ul/li[1]"),
        ("!!! note\n\n    @snippet page/one\n", "./div[@class='admonition note']"),
        ('??? note "T"\n\n    Text.\n\n    @snippet page/one\n', "./details"),
        ('=== "A"\n\n    text\n\n=== "B"\n\n    @snippet page/one\n', "./div/div/div[2]"),
        ("!!! note\n\n    - item\n\n        @snippet page/one\n", "./div/ul/li"),
    ],
)
def test_the_line_works_in_every_block(example, text, place):
    page = render(text)
    assert page.count('data-snippet="page/one"') == 1
    assert all(words in page for words in ("right above", "right below") if words in text)
    assert page.count("<svg") == 2
    assert "@snippet" not in page
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (found,) = root.findall(f"{place}/div[@data-snippet]")
    assert found.get("class") == "example"


def test_examples_and_pictures_alone_have_permalinks(example):
    assert 'href="#code-page-one"' in render("@snippet page/one")
    page = render("@snippet page/one figures")
    assert page.count('href="#figures-page-one"') == 1
    assert "headerlink" not in render("@snippet page/one output")


def test_a_line_that_matters_is_marked_and_copied_as_it_is(example):
    source = '"""One."""\nx = 1\ny = 0 * x  # <- nothing comes through\n'
    example.source(source)
    example.says(PRINTED)
    page = render("@snippet page/one code")
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (line,) = [e for e in root.iter("span") if e.get("class") == "hll"]
    assert "".join(line.itertext()) == "y = 0 * x  # <- nothing comes through\n"
    assert "".join(root.find(".//pre").itertext()) == source


def test_thin_html_says_the_same_with_fewer_marks():
    marked = 'x <span class="o">=</span> <span class="mi">1</span>'
    assert marked in embed.colored("x = 1")


def test_the_line_is_left_alone_inside_a_fence(example):
    page = render("```\n@snippet page/one\n```")
    assert "data-snippet" not in page
    assert "@snippet page/one" in page


def test_parts_are_shown_in_the_order_asked_for(example):
    assert "<svg" not in render("@snippet page/one code output")
    page = render("@snippet page/one figures code")
    assert page.index("<svg") < page.index("example-download")
    assert 'class="highlight output"' not in page


def test_a_figure_that_is_not_drawn_yet_is_a_box_of_its_size_with_its_alt_text(example):
    example.says(*[figure | {"svg": ""} for figure in FIGURES], status=RUNNING)
    root = ElementTree.fromstring(f"<root>{render('@snippet page/one figures')}</root>")
    pending = [e for e in root.iter("div") if e.get("class") == "figure-pending"]
    assert [(e.get("role"), e.get("aria-label"), e.text) for e in pending] == [
        ("img", 'A "line".', "Not drawn yet"),
        ("img", "Another.", "Not drawn yet"),
    ]
    assert [e.get("style") for e in pending] == [
        "width: 400px; aspect-ratio: 400 / 300",
        "width: 200px; aspect-ratio: 200 / 100",
    ]
    captions = ["".join(e.itertext()).rstrip("¶") for e in root.iter("figcaption")]
    assert captions == ["One & only.", "It grows."]


def test_an_unknown_name_is_a_box(example):
    assert "Unknown example page/two" in render("@snippet page/two")


def test_a_lab_is_no_example_of_a_page(example):
    output.path("labs/sums").write_text(json.dumps({"name": "labs/sums", "cells": {}}))
    page = render("@snippet labs/sums")
    assert "admonition danger" in page
    assert "Unknown example labs/sums" in page


@pytest.mark.parametrize("part", ["match", "html", "python", "replace", "figure"])
@pytest.mark.parametrize("status", [OK, FAILED, RUNNING])
def test_an_unknown_part_is_a_box_whatever_methods_there_are(example, status, part):
    example.says(PRINTED, status=status)
    page = render(f"@snippet page/one {part} output")
    message = f"{part!r} is no part of an example; the parts are code, output, figures, table"
    assert message in html.unescape(page)
    assert page.count("admonition danger") == (2 if status == FAILED else 1)
    assert 'class="highlight output"' in page  # the rest of the example is still shown


# Every part of an example in every state --------------------------------------------------------

TABLE = {"text": "| a | b |\n|---|---|\n| 1 | 2 |\n"}
EVERYTHING = [TABLE, *FIGURES]
DATA = '# data: SYMBREAK_NOWHERE\n"""One & only."""\nprint("a < b")\n'
PACKAGE = {"symbreak/one.py": "hash"}


def judge_ok(made, outputs):
    example, result = Example("page/one"), Result("", cells={"": outputs})
    record.write(example, result, {})
    return verdict.judge(example, result)


def judge_failed(made, outputs):
    judge_ok(made, outputs)
    return verdict.judge(Example("page/one"), Result("", error="NameError: <two>"))


def judge_at_fault(made, outputs):
    made.source(SOURCE.partition("\n")[2])
    return verdict.judge(Example("page/one"), Result("", cells={"": outputs}))


def judge_different(made, outputs):
    judge_ok(made, outputs)
    path = Example("page/one").record
    path.write_text(path.read_text() + "one line more\n")
    return verdict.judge(Example("page/one"), Result("", cells={"": outputs}))


def judge_unrecorded(made, outputs):
    return verdict.judge(Example("page/one"), Result("", cells={"": outputs}))


def judge_running(made, outputs):
    judge_ok(made, outputs)
    return verdict.judge(Example("page/one"), None)


def judge_new(made, outputs):
    return verdict.judge(Example("page/one"), None)


def judge_kept(made, outputs):
    made.source(DATA)
    example, result = Example("page/one"), Result("", PACKAGE, {"": outputs})
    record.write(example, result, {})
    kept.keep(example, result)
    return verdict._judge_kept(example, PACKAGE)


def judge_stale(made, outputs):
    judge_kept(made, outputs)
    return verdict._judge_kept(Example("page/one"), {"symbreak/one.py": "another"})


def judge_without_data(made, outputs):
    made.source(DATA)
    return verdict._judge_kept(Example("page/one"), PACKAGE)


# How an example gets into a state; what the state is, the box above it with a word of its message,
# how the note begins, and whether there are outputs to show.
STATES = {
    "ok": (judge_ok, OK, "", "", True),
    "failed": (judge_failed, FAILED, "danger NameError: <two>", "", False),
    "failed for what it lacks": (judge_at_fault, FAILED, "danger state the claim", "", True),
    "differs": (judge_different, DIFFERS, "danger -one line more", "", True),
    "not recorded": (judge_unrecorded, UNRECORDED, "warning --update page/one", "", True),
    "shown as recorded": (judge_kept, RECORDED, "", "As recorded: the data are not", True),
    "recorded with other code": (judge_stale, STALE, "", "As recorded: the data are not", True),
    "no data and nothing kept": (
        judge_without_data, UNRECORDED, "warning SYMBREAK_NOWHERE=<folder>", "", False
    ),
    "not checked yet": (judge_running, RUNNING, "", "Not checked yet", True),
    "not checked yet and not recorded": (judge_new, RUNNING, "", "Not checked yet", False),
}  # fmt: skip
PARTS = {
    "code": "./p[@class='example-head']",
    "output": ".//div[@class='highlight output']",
    "figures": "./div[@class='figures several']",
    "table": ".//table",
}


class Shown:
    """What a page shows of an example."""

    def __init__(self, parts):
        page = render(f"@snippet page/one {parts}")
        (box,) = ElementTree.fromstring(f"<root>{page}</root>").findall("div")
        self.parts = [part for part, path in PARTS.items() if box.find(path) is not None]
        self.pending = [e for e in box.iter("div") if e.get("class") == "figure-pending"]
        self.drawn = list(box.iter("svg"))
        found = [e for e in box.iter("div") if "admonition" in e.get("class", "")]
        self.boxes = [
            f"{e.get('class').removeprefix('admonition ')} {''.join(e.itertext())}" for e in found
        ]
        kinds = {"example-recorded": "As recorded", "example-pending": "Not checked yet"}
        notes = [e for e in box.findall("p") if e.get("class") in kinds]
        assert len(notes) <= 1
        assert all(e.text.startswith(kinds[e.get("class")]) for e in notes)
        self.note = "".join(e.text for e in notes)


def test_the_states_are_those_that_the_machine_knows():
    known = {OK, DIFFERS, FAILED, UNRECORDED, RECORDED, STALE, RUNNING}
    assert {status for _, status, *_ in STATES.values()} == known
    assert set(PARTS) == set(verdict.PARTS)


@pytest.mark.parametrize("part", ["", *PARTS])
@pytest.mark.parametrize("state", STATES)
def test_every_part_is_shown_in_every_state_with_the_box_or_note_of_that_state(
    example, state, part
):
    judge, status, box, note, has_outputs = STATES[state]
    judged = example.shows(judge(example, EVERYTHING))
    assert judged.status == status
    shown = Shown(part)
    asked = [part] if part else ["code", "figures", "table"]
    assert shown.parts == [one for one in asked if one == "code" or has_outputs]
    kind, _, message = box.partition(" ")
    assert len(shown.boxes) == bool(box)
    for found in shown.boxes:
        assert found.startswith(f"{kind} page/one: {status}")
        assert message in found
    assert shown.note.startswith(note if part != "code" else "")
    assert bool(shown.note) == (bool(note) and part != "code")
    figures = 2 if "figures" in shown.parts else 0
    drawn, pending = (0, figures) if status == RUNNING else (figures, 0)
    assert (len(shown.drawn), len(shown.pending)) == (drawn, pending)


def test_a_note_names_the_code_that_computed_and_whether_it_has_changed_since(example):
    stamp = example.shows(judge_kept(example, [PRINTED])).result.stamp
    assert len(stamp) == 12
    assert f"Computed with code {stamp}." in (kept := Shown("output").note)
    assert "has changed since" not in kept
    example.shows(judge_stale(example, [PRINTED]))
    assert f"Computed with code {stamp}. The code has changed since" in Shown("output").note


LACKING = {
    "output": (FIGURES, "page/one prints nothing, so it has no output to show"),
    "figures": ([PRINTED], "page/one draws nothing, so it has no figures to show"),
    "table": ([PRINTED], "the printout of page/one is no Markdown table"),
}


@pytest.mark.parametrize("part", LACKING)
@pytest.mark.parametrize("state", STATES)
def test_a_part_that_an_example_does_not_have_is_named_once_it_has_run(example, state, part):
    judge, status, box, _, has_outputs = STATES[state]
    outputs, fault = LACKING[part]
    example.shows(judge(example, outputs))
    shown = Shown(part)
    assert part not in shown.parts
    named = [found for found in shown.boxes if fault in found]
    assert all(found.startswith("danger ") for found in named)
    assert len(shown.boxes) == len(named) + bool(box)
    if not has_outputs or status == FAILED:  # nobody knows, or the box above says why
        assert named == []
    elif status != RUNNING:  # then it is the record that lacks it
        assert len(named) == 1
    assert fault not in render("@snippet page/one")  # nobody asked for it


# Boxes to paste -----------------------------------------------------------------------------------


@pytest.fixture
def pasted(folder):
    output.write({}, boxes.boxes())


BOXES = [
    ("@paste planar constant", "."),
    ("Text right above.\n@paste planar constant\nText right below.", "."),
    ('??? example "T"\n\n    Text.\n\n    @paste planar constant\n', "./details"),
    ('=== "A"\n\n    @paste planar constant\n', "./div/div/div[1]"),
]


@pytest.mark.parametrize(("text", "place"), BOXES)
def test_a_paste_line_becomes_the_box_wherever_it_stands(pasted, text, place):
    page = render(text)
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (found,) = root.findall(f"{place}/div[@data-paste]")
    assert found.get("id") == "paste-planar-constant"
    assert found.find("p/code").text == "planar: constant"
    assert "".join(found.find(".//pre").itertext()) == paste.box("planar", "constant")


def test_a_paste_line_can_ask_for_the_check_and_is_left_alone_in_a_fence(pasted):
    page = ElementTree.fromstring(render("@paste logistic check"))
    assert "".join(page.find(".//pre").itertext()) == paste.check_box("logistic")
    assert "data-paste" not in render("```\n@paste logistic check\n```")


def test_an_unknown_box_is_a_red_one(pasted):
    page = render("@paste planar constnt")
    assert "admonition danger" in page
    assert "did you mean 'planar constant'?" in page.replace("&#x27;", "'")


def test_while_the_boxes_cannot_be_read_a_paste_line_says_so(folder):
    page = render("@paste planar constant").replace("&#x27;", "'")
    assert "admonition danger" in page
    assert "box 'planar constant' cannot be shown: the code in symbreak/paste" in page
