"""The last steps to a site: names for screen readers, problems, date, the move into place."""

import html
import logging
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from mkdocs.utils import CountHandler

from snippets.machine.examples import ROOT
from snippets.mkdocs_site.rendered import WARNED

NAV = re.compile(r'(<nav class="md-nav"[^>]* aria-label=")([^"]+)(")')
PROBLEM = re.compile(r'\bdata-problem="([^"]*)"')
CODE = re.compile(r"<(pre|code|svg|annotation|script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TYPED = re.compile(
    r"\{=.*|(?<!\w)@(?:snip|past)\w*.*"  # numbers, examples and boxes
    r"|^[ ]*(?:!!!|\?{3})\+? .*|^[ ]*(?:```|~~~).*|\$[^$\n]*[\\^_{].*",  # notes, fences, formulas
    re.MULTILINE,
)
CURE = (
    "see whether `code`, a fence or a formula before it has no end, and whether it is well formed"
)
BARE = re.compile(r'<img (?![^>]*\balt="[^"])[^>]*>')


def improve(page: str) -> str:
    """Name the search dialog, and give navigations of the same name different ones."""
    page = page.replace(
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="Search"',
    )
    seen: Counter[str] = Counter()

    def numbered(found: re.Match) -> str:
        name = found[2].lower()  # readers say "History" and "history" alike
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        return f"{found[1]}{found[2]}{again}{found[3]}"

    return NAV.sub(numbered, page)


def problems(content: str) -> list[str]:
    """Return what went wrong while a page was rendered: its HTML carries it."""
    return [html.unescape(problem) for problem in PROBLEM.findall(content)]


def bare(content: str) -> list[str]:
    """Name the images of a page that have no alt text."""
    return [f"{image} has no alt text; say what it shows" for image in BARE.findall(content)]


def left(content: str) -> list[str]:
    """Name the first that a page shows as it was typed and somebody meant to be replaced."""
    found = TYPED.search(html.unescape(TAG.sub("\n", CODE.sub("", content))))
    return [f"{found[0].strip()!r} is shown as it was typed; {CURE}"] if found else []


def set_date() -> None:
    """Date the pages by the last commit, so that two builds of it are the same on any day."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return
    git = ["git", "log", "-1", "--format=%ct"]
    found = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        os.environ["SOURCE_DATE_EPOCH"] = found.stdout.strip()


def staging(final: Path) -> Path:
    """Return where a site is written, beside its place; remove what stopped builds have left."""
    for path in final.parent.glob(f".{final.name}-*"):
        if re.fullmatch(r"\d+(-old)?", path.name.removeprefix(f".{final.name}-")):
            log = logging.getLogger("mkdocs.snippets")
            log.info(f"Removing {path.name}, left by a build that was stopped")
            shutil.rmtree(path, ignore_errors=True)
    return final.with_name(f".{final.name}-{os.getpid()}")


def move(staging: Path, final: Path) -> None:
    """Put the finished site in the place of the old one."""
    old = staging.with_name(f"{staging.name}-old")
    if final.exists():
        final.rename(old)
    staging.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def is_strict_and_warned() -> bool:
    """Tell whether MkDocs will call this build a failure: it says so only after its last event."""
    handlers = [h for h in logging.getLogger("mkdocs").handlers if h is not WARNED]
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))
