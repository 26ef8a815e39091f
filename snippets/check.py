"""One verdict for every example."""

from collections.abc import Iterable
from dataclasses import dataclass

from snippets import offsite, record
from snippets.catalog import Snippet
from snippets.run import Result, bring_up_to_date

OK, DIFFERS, FAILED, UNRECORDED = "ok", "differs", "failed", "not recorded"
RECORDED, STALE = "shown as recorded", "recorded with other code"  # not run: its data is not here


@dataclass
class Verdict:
    """What became of one example: its result, whether it may be published, and why not."""

    snippet: Snippet
    result: Result
    status: str
    message: str = ""

    @property
    def holds(self) -> bool:
        """Whether it may be published. What is stale says so on the page."""
        return self.status in (OK, RECORDED, STALE)


def check(snippets: Iterable[Snippet], **options) -> dict[str, Verdict]:
    """Run what must be run (`options` go to `bring_up_to_date`) and judge every example."""
    snippets = list(snippets)
    results = bring_up_to_date([s for s in snippets if not s.lacks_data], **options)
    return {
        s.name: judge(s, results[s.name]) if s.name in results else _judge_kept(s) for s in snippets
    }


def judge(snippet: Snippet, result: Result) -> Verdict:
    if result.error:
        return Verdict(snippet, result, FAILED, result.error)
    if fault := _fault(snippet, result):
        return Verdict(snippet, result, FAILED, fault)
    diff = record.difference(snippet, result)
    if diff is None:
        hint = f"Read its output, then: .venv/bin/python -m snippets --update {snippet.name}"
        return Verdict(snippet, result, UNRECORDED, hint)
    return Verdict(snippet, result, DIFFERS if diff else OK, diff)


def _judge_kept(snippet: Snippet) -> Verdict:
    """Judge the kept result as if it came from a run, and compare the code that made it."""
    result = offsite.load(snippet)
    if result is None:
        hint = f"It needs data: {snippet.data}=<folder> .venv/bin/python -m snippets --update"
        return Verdict(snippet, Result(""), UNRECORDED, f"{hint} {snippet.name}")
    verdict = judge(snippet, result)
    if verdict.status == OK:
        verdict.status = RECORDED if result.stamp == offsite.stamp(snippet) else STALE
    return verdict


def _fault(snippet: Snippet, result: Result) -> str:
    """Say what an example lacks to be published."""
    where = f"snippets/{snippet.name}.py"
    if not snippet.claim:
        return f"{where}: the header docstring must state the claim in one sentence"
    if not result.stdout.strip() and not result.figures:
        return f"{where}: it prints nothing and draws nothing"
    for number, figure in enumerate(result.figures, start=1):
        if not figure["alt"]:
            return f"{where}: figure {number} has no alt text; set fig.alt to what it shows"
    if sum(not figure["caption"] for figure in result.figures) > 1:
        return f"{where}: two figures share the claim as caption; set fig.caption on one"
    return ""
