"""The last steps to a site: names, problems, the date, the move into place."""

import logging
import os
import subprocess

import pytest
from mkdocs.utils import CountHandler

from snippets.mkdocs_site import embed, finish, tex


def test_navigations_of_the_same_name_get_different_ones():
    nav = '<nav class="md-nav" aria-label="{}">'
    page = nav.format("History") + nav.format("history") + nav.format("Other")
    improved = nav.format("History") + nav.format("history (2)") + nav.format("Other")
    assert finish.improve(page) == improved


def test_the_search_dialog_has_a_name():
    search = '<div data-md-component="search" role="dialog">'
    assert 'role="dialog" aria-label="Search">' in finish.improve(search)


def test_the_problems_of_a_page_are_read_off_its_html_as_they_were_written():
    written = ['docs/a.md:3: "x" < 2 & more', "docs/b.md: it's <b>"]
    page = "<p>and</p>".join(tex.broken("reason", problem) for problem in written)
    assert finish.problems(page) == written
    assert finish.problems(embed.alert("danger", "data-problem")) == []


@pytest.mark.parametrize(
    ("content", "typed"),
    [
        ("<p>At {=one cost .3f}.</p>", "{=one cost .3f}."),
        ("<p>@snippet page/one</p>", "@snippet page/one"),
        ("<li>@snipet page/one</li>", "@snipet page/one"),
        ("<p>!!! note\nText</p>", "!!! note"),
        ('<p>??? question "Why?"</p>', '??? question "Why?"'),
        ("<p>So $a^2 = b.</p>", "$a^2 = b."),
        ("<p>```python run it</p>", "```python run it"),
    ],
)
def test_what_is_shown_as_it_was_typed_is_a_problem(content, typed):
    (problem,) = finish.left(content)
    assert problem.startswith(f"{typed!r} is shown as it was typed; ")


def test_code_formulas_and_amounts_of_money_may_look_like_that():
    shown = "<pre>{=one}\n@snippet a/b</pre><code>@paste</code><annotation>x^2</annotation>"
    assert finish.left(f"<p>$5 and $6, me@past.example {shown} <b>!!!</b> really???</p>") == []


def test_an_image_without_alt_text_is_a_problem():
    good, bare = '<img alt="A rope" src="a.png">', '<img alt="" src="b.png"/>'
    (problem,) = finish.bare(good + bare)
    assert problem.startswith(f"{bare} has no alt text")
    assert len(finish.bare('<img src="c.png">')) == 1


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a folder that is the project's, and in which git knows no other."""
    monkeypatch.setattr(finish, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")  # what the test sets is taken back
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    return tmp_path


def commit(folder, date):
    def git(*words):
        who = {"GIT_AUTHOR_NAME": "A", "GIT_COMMITTER_NAME": "A", "GIT_CONFIG_GLOBAL": os.devnull}
        who |= {"GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_EMAIL": "a@b"}
        who |= {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
        subprocess.run(["git", *words], cwd=folder, env=os.environ | who, check=True)

    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "--message", "one")


def test_pages_are_dated_by_the_last_commit(repository):
    commit(repository, "2020-01-02T03:04:05Z")
    finish.set_date()
    assert os.environ["SOURCE_DATE_EPOCH"] == "1577934245"


def test_a_date_that_is_set_is_left_alone(repository, monkeypatch):
    commit(repository, "2020-01-02T03:04:05Z")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    finish.set_date()
    assert os.environ["SOURCE_DATE_EPOCH"] == "1700000000"


def test_without_a_repository_nothing_is_dated(repository):
    finish.set_date()
    assert "SOURCE_DATE_EPOCH" not in os.environ


def write(folder, text):
    folder.mkdir()
    (folder / "index.html").write_text(text)


@pytest.mark.parametrize("old", ["old", None], ids=["over an old site", "as the first site"])
def test_a_staged_site_is_moved_into_place_and_nothing_is_left_beside_it(tmp_path, old):
    final = tmp_path / "site"
    staging = finish.staging(final)
    assert staging.parent == tmp_path
    if old:
        write(final, old)
    write(staging, "new")
    finish.move(staging, final)
    assert (final / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_move_that_is_stopped_leaves_a_whole_site(tmp_path, monkeypatch):
    final, staging = tmp_path / "site", finish.staging(tmp_path / "site")
    write(final, "old")
    write(staging, "new")
    monkeypatch.setattr(finish.shutil, "rmtree", lambda *rest, **more: pytest.fail("stopped here"))
    with pytest.raises(pytest.fail.Exception):
        finish.move(staging, final)
    assert (final / "index.html").read_text() == "new"


def test_only_what_stopped_builds_have_left_is_removed(tmp_path, caplog):
    caplog.set_level(logging.INFO, "mkdocs")
    stay = {"site", ".site-backup", ".site-1-mine", ".other-1", "site-1"}
    for name in (*stay, ".site-1", ".site-23-old"):
        write(tmp_path / name, "text")
    finish.staging(tmp_path / "site")
    assert {path.name for path in tmp_path.iterdir()} == stay
    assert "Removing .site-1, left by a build that was stopped" in caplog.text


def test_two_builds_do_not_write_to_the_same_place(tmp_path, monkeypatch):
    first = finish.staging(tmp_path / "site")
    monkeypatch.setattr(finish.os, "getpid", os.getppid)
    assert finish.staging(tmp_path / "site") != first


@pytest.mark.parametrize(
    ("strict", "level", "said"),
    [
        (True, logging.WARNING, True),
        (True, logging.INFO, False),
        (False, logging.WARNING, False),
        (True, None, False),
    ],
)
def test_a_build_that_mkdocs_will_call_a_failure_is_known_beforehand(strict, level, said):
    log = logging.getLogger("mkdocs")
    handler = CountHandler()
    handler.setLevel(logging.WARNING)
    try:
        if strict:  # as MkDocs does
            log.addHandler(handler)
        if level:
            logging.getLogger("mkdocs.structure.pages").log(level, "a link that leads nowhere")
        assert finish.is_strict_and_warned() is said
    finally:
        log.removeHandler(handler)
