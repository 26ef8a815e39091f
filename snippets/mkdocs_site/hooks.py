"""What MkDocs calls: ask the machine, show what does not hold, publish only what does.

`mkdocs build` runs what has changed, writes beside `site/`, and moves the new site into place when
nothing failed. `mkdocs serve` runs nothing before it shows the pages: examples run meanwhile, and
each batch of results is a rebuild. A failing example is a red box where it stands.
"""

import atexit
import contextlib
import html
import logging
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from snippets.machine import cache, output, prose, values, verdict, watch
from snippets.machine.examples import CACHE, DOCS, ROOT
from snippets.machine.labs import Lab
from snippets.machine.verdict import RUNNING, STALE, Verdict
from snippets.mkdocs_site import (
    card,
    downloads,
    embed,
    finish,
    labpages,
    policy,
    reading,
    rendered,
    search,
    tex,
)

log = logging.getLogger("mkdocs.snippets")
HERE = Path(__file__).resolve()
ARRIVED = CACHE / "arrived"  # touched when there are results to show


@dataclass
class Build:
    """What the events of one build have to know of each other; it is `config.extra["build"]`."""

    serving: bool
    site: Path  # where the site goes
    problems: list[str] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    asked: verdict.Asked = field(default_factory=dict)  # the references of pages to examples
    around: str = ""  # see `rendered.surroundings`
    key: str = ""  # of the page that is being rendered
    is_kept: bool = False  # whether that page is shown as it was kept
    warnings: int = 0  # of MkDocs, before that page
    later: list[tuple[Page, str]] = field(default_factory=list)  # kept with their links resolved


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    command = click.get_current_context(silent=True)
    build = Build(bool(command and command.info_name == "serve"), Path(config.site_dir))
    config.extra["build"] = build
    _check_checkout()
    try:
        cache.create()
    except FileExistsError as error:
        raise Abort(str(error)) from None
    finish.set_date()
    if not build.serving:
        stack = contextlib.ExitStack()
        atexit.register(stack.close)
        stack.enter_context(cache.lock())
        config.site_dir = str(finish.staging(build.site))
        stack.callback(shutil.rmtree, config.site_dir, ignore_errors=True)  # if it was not moved
    return config


def _check_checkout() -> None:
    """Refuse to show the results of another checkout than the one whose hooks these are."""
    if HERE.parents[2] != ROOT:
        raise Abort(
            f"The site must be built with the code of its own checkout, {HERE.parents[2]}, but "
            f"this Python imports it from {ROOT}. Run `rm -rf .venv && make install` here"
        )


def on_serve(server, config: MkDocsConfig, builder):
    """Run the examples meanwhile; what arrives is an edit to MkDocs."""
    ARRIVED.touch()
    server.watch(str(ARRIVED))
    watch.start(ARRIVED.touch, log.info)
    return server


def on_pre_build(config: MkDocsConfig) -> None:
    build = config.extra["build"]
    try:
        _judge(build)
    except Exception as error:
        if not build.serving:
            raise
        # Whatever an author is just doing: the pages go on.
        build.problems = [f"The examples cannot be judged: {type(error).__name__}: {error}"]
    config.mdx_configs[embed.__name__] = {"judged": True}  # or it refuses every page
    if build.serving and rendered.code() != rendered.LOADED:
        log.warning("The machine in snippets/ has changed: stop and start `mkdocs serve` to use it")


def _judge(build: Build) -> None:
    known = verdict.known().values()
    build.asked = prose.asked()
    if build.serving:
        build.verdicts = verdict.look(known, build.asked)
    else:
        build.verdicts = verdict.check(known, build.asked, again=True, report=log.info)
    for name, v in build.verdicts.items():
        if v.status == STALE:  # marked so on the page, and no reason not to publish
            log.info(f"{name}: {v.status}; it needs {v.example.lacks} to run again")
        if not v.holds and v.status != RUNNING:
            build.problems.append(f"{name}: {v.status}\n{v.message}")
    texts, problems = prose.judge(build.verdicts)
    build.problems += problems
    output.write(build.verdicts, texts)


@event_priority(100)  # before mkdocs-jupyter, which looks for notebooks among the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    build, site_url = config.extra["build"], config.site_url or ""
    made = downloads.files(build.verdicts.values(), site_url)
    made["assets/diagnose/findings.json"] = reading.table()
    if not build.serving:  # nobody links to a site that is being written
        made["assets/card.png"] = card.card()
    tex.version()  # says what to do where KaTeX is missing
    dist = tex.KATEX / "dist"
    made["assets/copy-tex.js"] = (dist / "contrib/copy-tex.min.js").read_bytes()  # copy as TeX
    for path in [dist / "katex.min.css", *sorted(dist.glob("fonts/*.woff2"))]:
        made[f"assets/katex/{path.relative_to(dist).as_posix()}"] = path.read_bytes()
    for uri, content in made.items():
        files.append(File.generated(config, uri, content=content))
    for name, judged in build.verdicts.items():
        if isinstance(judged.example, Lab):
            # Not File.generated: mkdocs-jupyter's wrapper asks for the folder of the source.
            place, uri = str(output.NOTEBOOKS), f"{name}.ipynb"
            files.append(File(uri, place, config.site_dir, config.use_directory_urls))
    build.around = rendered.surroundings(config, files)
    return files


@event_priority(-100)
def on_page_markdown(markdown: str, page, config: MkDocsConfig, files: Files) -> str:
    build = config.extra["build"]
    if not page.file.src_uri.endswith(".ipynb"):  # the machine has written it with its numbers
        folder = PurePath(page.file.src_uri).stem
        markdown = values.replace(markdown, folder, output.numbers)
    build.key = rendered.key(page, markdown, build.around)
    build.is_kept = rendered.load(page, build.key, config)
    build.warnings = rendered.warnings()
    return markdown


def on_page_content(content: str, page, config: MkDocsConfig, files: Files) -> str:
    build, source = config.extra["build"], page.file.src_uri
    if not build.is_kept:
        if source.endswith(".ipynb") and (lab := output.read(source.removesuffix(".ipynb"))):
            content = labpages.to_page(content, lab, page, files, config)
        page.content = content
    if rendered.warnings() == build.warnings and not build.is_kept:
        if rendered.has_objects(page.markdown):
            build.later.append((page, build.key))
        else:
            rendered.store(page, build.key, config)
    found = [*_not_embedded(source, content), *finish.problems(content)]
    wrong = [*policy.forbidden(content), *finish.bare(content)]
    if not any(problem.startswith(f"docs/{source}:") for problem in build.problems + found):
        wrong += finish.left(content)  # where nothing else has named it
    found += [f"docs/{source}: {what}" for what in wrong]
    found += search.unknown(source, content, page.meta.get("words", {}))
    build.problems += [problem for problem in found if problem not in build.problems]
    if not build.serving:
        return content
    return _with_problems(content, source, build) + _origins(source, build)


def _not_embedded(source: str, content: str) -> list[str]:
    """Compare what a page asks for with what Markdown has taken for it."""
    path = DOCS / source
    if not path.exists():
        return []
    say = "put each on a line of its own, between blank lines, indented as the text around it"
    return [
        f"docs/{source}: {asked} lines '@{word} ...', but {shown} shown: {say}"
        for word, asked in (
            ("snippet", len(prose.embeds(path))),
            ("paste", len(list(prose.asked_boxes(path)))),
        )
        if asked != (shown := content.count(f'data-{word}="'))
    ]


def _origins(source: str, build: Build) -> str:
    """List where the numbers of a page come from."""
    place = f"docs/{re.sub(r'[.]ipynb$', '.py', source)}"
    rows = [
        f"<tr><td>{reference.place.rpartition(':')[2]}</td><td>{number}</td>"
        f"<td><code>{html.escape(f'{name} {reference.key}')}</code></td></tr>"
        for name, verdict in build.verdicts.items()
        for reference in build.asked.get(name, ())
        if reference.place.rpartition(":")[0] == place
        and (number := verdict.numbers.get(reference.key))
    ]
    if not rows:
        return ""
    head = "<tr><th>line</th><th>number</th><th>value</th></tr>"
    title = "<summary>Where the numbers come from</summary>"
    return f"<details>{title}<table>{head}{''.join(rows)}</table></details>"


def _with_problems(content: str, source: str, build: Build) -> str:
    """Show on a page what is wrong with it and is shown at no other place."""
    lab = f"docs/{source.removesuffix('.ipynb')}.py"
    beginnings = (f"docs/{source}:", f"{lab}:", "The examples cannot be judged")
    here = [problem for problem in build.problems if problem.startswith(beginnings)]
    new = [problem for problem in here if html.escape(problem) not in content]
    if not new:
        return content
    return embed.alert("danger", "A build would not publish this page", "\n".join(new)) + content


def _report(env, config: MkDocsConfig, files: Files):
    """Report everything at once: by now all pages are rendered, and none is written."""
    build = config.extra["build"]
    for problem in build.problems:
        log.log(logging.WARNING if build.serving else logging.ERROR, problem)
    if build.problems and not build.serving:
        raise BuildError(f"Nothing was published: {len(build.problems)} problem(s), listed above.")
    build.warnings = rendered.warnings()
    return env


@event_priority(-100)  # after autorefs, which resolves links between objects
def _keep_later(env, config: MkDocsConfig, files: Files):
    build = config.extra["build"]
    for page, key in build.later if rendered.warnings() == build.warnings else ():
        rendered.store(page, key, config)
    return env


on_env = CombinedEvent(_report, _keep_later)


@event_priority(100)
def _hide_from_search(context, page, config: MkDocsConfig, nav):
    page.meta["_whole"] = page.content
    page.meta.setdefault("description", search.description(page.content))
    page.content = search.for_search(page.content)
    return context


@event_priority(-100)
def _show_again(context, page, config: MkDocsConfig, nav):
    if plugin := config.plugins.get("material/search"):  # a site can do without
        words = page.meta.get("words", {})
        search.add_words(plugin.search_index.entries, page.url, page.content, words)
    page.content = page.meta.pop("_whole")
    return context


# The search plugin reads the page between the two.
on_page_context = CombinedEvent(_hide_from_search, _show_again)


def on_post_page(output: str, page, config: MkDocsConfig) -> str:
    output = finish.improve(output)
    # Live reload is an inline script, which the server adds when a page is asked for.
    return output if config.extra["build"].serving else policy.protect(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    if template_name == "sitemap.xml":  # left out where it would list nothing
        return output if config.site_url else ""
    return on_post_page(output, None, config)  # 404.html


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    build = config.extra["build"]
    if not build.serving and not finish.is_strict_and_warned():
        finish.move(Path(config.site_dir), build.site)
