"""The MkDocs hooks: check everything, and publish only what holds.

`mkdocs build` writes beside `site/` and moves the new site into place when nothing failed;
`mkdocs serve` shows a failing example as a red box where it stands and goes on.
"""

import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from watchdog.observers.polling import PollingObserver

from snippets import (
    accessible,
    card,
    catalog,
    downloads,
    embed,
    keep,
    labpages,
    labs,
    pages,
    policy,
    tex,
)
from snippets.catalog import CACHE, FOLDER, ROOT
from snippets.check import STALE, Verdict, check
from snippets.tex import KATEX

log = logging.getLogger("mkdocs.snippets")


class _Build:
    """What one `mkdocs` command has to remember between its events."""

    serving = False
    final: Path | None = None  # where the site goes
    staging: Path | None = None  # where it is written
    complete = False
    problems: list[str] = []  # noqa: RUF012  replaced, not changed
    labs: dict[str, Verdict] = {}  # noqa: RUF012


def _machine() -> str:
    sources = [*sorted(FOLDER.glob("*.py")), FOLDER / "tex.js"]
    sources += sorted((ROOT / "symbreak" / "paste").glob("*.py"))  # `embed` shows its boxes
    return catalog.digest(sources, ROOT).hex()


MACHINE = _machine()  # as it was loaded


def on_startup(command: str, dirty: bool) -> None:
    _Build.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    _set_date()
    if not _Build.serving:
        _Build.final = Path(config.site_dir)
        _Build.staging = _Build.final.with_name(f".{_Build.final.name}-{os.getpid()}")
        keep.lock()
        _remove_abandoned(_Build.final)
        config.site_dir = str(_Build.staging)
    return config


def on_serve(server, config: MkDocsConfig, builder):
    """Notice an edit sooner than MkDocs, which looks twice a second and then waits 0.2 s."""
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=0.2)
    for path in watched:
        server.watch(path)
    server.build_delay = 0.03
    return server


def on_pre_build(config: MkDocsConfig) -> None:
    if _Build.serving:
        _restart_if_changed()
    keep.lock()
    keep.open_sealed()
    tex.errors.clear()
    if "mkdocstrings" in config.plugins:
        _keep_compiled(config.plugins["mkdocstrings"].get_handler("python").env)
    embed.verdicts = check(
        catalog.snippets().values(), again=not _Build.serving, progress=_progress
    )
    _Build.labs = labs.check(labs.labs().values(), again=not _Build.serving, progress=_progress)
    _Build.problems = [
        f"{name}: {verdict.status}\n{verdict.message}"
        for name, verdict in (embed.verdicts | _Build.labs).items()
        if not verdict.holds
    ]
    for name, verdict in embed.verdicts.items():
        if verdict.status == STALE:  # marked so on the page, and no reason not to publish
            log.info(f"{name}: {verdict.status}; set {verdict.snippet.data} and run it again")
    _Build.problems += catalog.problems() + pages.problems(embed.verdicts)
    _Build.problems += labs.problems(_Build.labs)


@event_priority(100)  # before mkdocs-jupyter, which looks for notebooks among the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    site_url = config.site_url or ""
    notebooks = labpages.files(_Build.labs, downloads.first_cell(site_url), site_url)
    for uri, content in downloads.files(embed.verdicts, site_url, notebooks).items():
        files.append(File.generated(config, uri, content=content))
    for verdict in _Build.labs.values():
        uri = labpages.page_notebook(verdict.snippet, verdict.result)
        # Not File.generated: mkdocs-jupyter's wrapper asks for the folder of the source.
        files.append(File(uri, str(labpages.NOTEBOOKS), config.site_dir, config.use_directory_urls))
    files.append(File.generated(config, "assets/card.png", content=card.card()))
    dist = KATEX / "dist"
    copy_tex = str(dist / "contrib" / "copy-tex.min.js")  # a formula is copied as TeX
    files.append(File.generated(config, "assets/copy-tex.js", abs_src_path=copy_tex))
    for path in [dist / "katex.min.css", *sorted(dist.glob("fonts/*.woff2"))]:
        uri = f"assets/katex/{path.relative_to(dist).as_posix()}"
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files


def on_page_content(content: str, page, config: MkDocsConfig, files: Files) -> str:
    verdict = _Build.labs.get(page.file.src_uri.removesuffix(".ipynb"))
    if verdict is None:
        return content
    return labpages.on_content(content, verdict, page, files, _Build.problems)


def on_env(env, config: MkDocsConfig, files: Files):
    """Report everything at once: by now all pages are rendered, and none is written."""
    problems = _Build.problems + tex.errors
    for problem in problems:
        log.log(logging.WARNING if _Build.serving else logging.ERROR, problem)
    if problems and not _Build.serving:
        raise BuildError(f"Nothing was published: {len(problems)} problem(s), listed above.")
    _keep_compiled(env)
    return env


def _keep_compiled(env) -> None:
    """Keep the compiled templates from build to build: compiling takes a tenth of one."""
    folder = CACHE / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))


@event_priority(100)
def _hide_from_search(context, page, config: MkDocsConfig, nav):
    page.meta["_whole"] = page.content
    page.content = tex.for_search(page.content)
    return context


@event_priority(-100)
def _show_again(context, page, config: MkDocsConfig, nav):
    page.content = page.meta.pop("_whole")
    return context


# The search plugin reads the page between the two.
on_page_context = CombinedEvent(_hide_from_search, _show_again)


def on_post_page(output: str, page, config: MkDocsConfig) -> str:
    output = accessible.improve(output)
    # Live reload is an inline script, which the server adds when a page is asked for.
    return output if _Build.serving else policy.protect(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    is_page = template_name.endswith(".html")  # 404.html; the other is the sitemap
    return on_post_page(output, None, config) if is_page else output


def on_post_build(config: MkDocsConfig) -> None:
    _Build.complete = True
    keep.seal()
    _unlock_if_serving()


def on_build_error(error: Exception) -> None:
    _Build.complete = False
    _unlock_if_serving()


def _unlock_if_serving() -> None:
    """Let others build while `mkdocs serve` waits. A build has still to move its site."""
    if _Build.serving:
        keep.unlock()


def on_shutdown() -> None:
    """Move the finished site into place, or drop the unfinished one."""
    if _Build.staging is None:
        return
    if _Build.complete:
        old = _Build.staging.with_name(f"{_Build.staging.name}-old")
        if _Build.final.exists():
            _Build.final.rename(old)
        _Build.staging.rename(_Build.final)
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(_Build.staging, ignore_errors=True)


def _progress(name: str, seconds: float, done: int, total: int) -> None:
    log.info(f"[{done}/{total}] {name} {seconds:.1f} s")


def _set_date() -> None:
    """Date the pages by the last commit, so that two builds of it are the same on any day."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return
    git = ["git", "log", "-1", "--format=%ct"]
    found = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        os.environ["SOURCE_DATE_EPOCH"] = found.stdout.strip()


def _remove_abandoned(final: Path) -> None:
    """Remove what a stopped build left beside the site: no other build is running."""
    for path in final.parent.glob(f".{final.name}-*"):
        if re.fullmatch(r"\d+(-old)?", path.name.removeprefix(f".{final.name}-")):
            log.info(f"Removing {path.name}, left by a build that was stopped")
            shutil.rmtree(path, ignore_errors=True)


def _restart_if_changed() -> None:
    """Start `mkdocs serve` anew when the code in this process is no longer the one on disk."""
    if _machine() == MACHINE:
        return
    if fault := _fault_on_disk():
        log.warning(f"{fault}\nGoing on with the machine as it was")
        return
    log.warning("The machine in snippets/ has changed: starting again")
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _fault_on_disk() -> str:
    """Say why the code on disk cannot be loaded, all of `symbreak` that it needs included."""
    command = [sys.executable, "-B", "-c", "import snippets.publish"]  # writes no byte code
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stderr[max(done.stderr.rfind("  File "), 0) :]  # where it stands, and the error
    return said.replace(f"{ROOT}{os.sep}", "").strip() if done.returncode else ""
