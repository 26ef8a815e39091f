"""One judgement for every example and lab, and what a page can show of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from snippets.machine import cache, kept, record, run, values
from snippets.machine.examples import Example, examples, package
from snippets.machine.labs import labs
from snippets.machine.run import Report, Result

OK, DIFFERS, FAILED, UNRECORDED = "ok", "differs", "failed", "not recorded"
RECORDED, STALE = "shown as recorded", "recorded with other code"  # not run: see `kept`
RUNNING = "not checked yet"  # while serving: the record is shown until the result is there
Asked = dict[str, list[values.Reference]]
PARTS = ("code", "output", "figures", "table")


@dataclass(frozen=True)
class Verdict:
    """What became of one example: its result, whether it may be published, and why not."""

    example: Example
    result: Result  # as it is shown: where a run agrees with its record, with the record's digits
    status: str
    message: str = ""
    numbers: dict[str, str] = field(default_factory=dict)  # for prose, as they are shown

    @property
    def holds(self) -> bool:
        """Whether it may be published. What is stale says so on the page."""
        return self.status in (OK, RECORDED, STALE)

    def lacks(self, part: str) -> str:
        """Say which part a page asks for and the example does not have; empty if it has it."""
        if part not in PARTS:
            return no_part(part)
        name, printed = self.example.name, self.result.stdout.strip()
        if part == "table" and not printed.startswith("|"):
            return f"the printout of {name} is no Markdown table"
        if part == "output" and not printed:
            return f"{name} prints nothing, so it has no output to show"
        if part == "figures" and not self.result.figures:
            return f"{name} draws nothing, so it has no figures to show"
        return ""


def no_part(part: str) -> str:
    return f"{part!r} is no part of an example; the parts are {', '.join(PARTS)}"


def known() -> dict[str, Example]:
    """Return all examples and labs by name."""
    return examples() | labs()


def check(
    chosen: Iterable[Example],
    asked: Asked | None = None,
    *,
    again: bool = False,
    report: Report = cache.say,
) -> dict[str, Verdict]:
    """Run what has no valid result, with `again` also what failed, and judge all.

    `asked` are the references of the pages to each example.
    """
    chosen = list(chosen)
    here = [example for example in chosen if not example.lacks]
    results = run.bring_up_to_date(here, again=again, report=report)
    chosen = [run.find(example.name) for example in chosen]  # as it is now, as its result
    return _judge_all(chosen, results, asked or {})


def look(chosen: Iterable[Example], asked: Asked | None = None) -> dict[str, Verdict]:
    """Judge all by the results that there are, and run nothing."""
    chosen, modules = list(chosen), package()
    here = [example for example in chosen if not example.lacks]
    return _judge_all(chosen, {e.name: run.load_last(e, modules) for e in here}, asked or {})


def _judge_all(
    chosen: list[Example], results: dict[str, Result | None], asked: Asked
) -> dict[str, Verdict]:
    modules = package()
    return {
        e.name: judge(e, results[e.name], asked.get(e.name, ()))
        if e.name in results
        else _judge_kept(e, modules, asked.get(e.name, ()))
        for e in chosen
    }


def judge(
    example: Example, result: Result | None, asked: Collection[values.Reference] = ()
) -> Verdict:
    """Judge a result; without one, the example is still to be run."""
    if result is None:
        shown, numbers = record.shown(example, Result(""))
        return Verdict(example, shown, RUNNING, numbers=numbers)
    if fault := result.error or _fault(example, result):
        return Verdict(example, result, FAILED, fault)
    numbers = values.numbers(asked, result.values)
    diff = record.difference(example, result, numbers)
    if diff == "":
        shown, numbers = record.shown(example, result)
        return Verdict(example, shown, OK, numbers=numbers)
    if diff is None:
        update = f".venv/bin/python -m snippets --update {example.name}"
        hint = f"This writes its record, to be read before it is committed: {update}"
        return Verdict(example, result, UNRECORDED, hint, numbers)
    where = dict.fromkeys(r.place for r in asked if f"\n+{r.key}: " in diff)
    diff += f"\nshown at {', '.join(where)}" if where else ""
    return Verdict(example, result, DIFFERS, diff, numbers)


def _judge_kept(
    example: Example, modules: dict[str, str], asked: Collection[values.Reference] = ()
) -> Verdict:
    """Judge the kept result as if it came from a run, and compare the code that made it."""
    result = kept.load(example)
    if result is None:
        hint = f"It needs {example.lacks}; then: .venv/bin/python -m snippets --update"
        return Verdict(example, Result(""), UNRECORDED, f"{hint} {example.name}")
    verdict = judge(example, result, asked)
    if verdict.status != OK:
        return verdict
    return replace(verdict, status=STALE if kept.is_stale(example, result, modules) else RECORDED)


def _fault(example: Example, result: Result) -> str:
    """Say what an example lacks to be published."""
    where = example.place
    if not example.claim:
        return f"{where}: the header docstring must state the claim in one sentence"
    if not result.stdout.strip() and not result.figures:
        return f"{where}: it prints nothing and draws nothing"
    for name, outputs in result.cells.items():
        figures = [output for output in outputs if "svg" in output]
        place = f"{where}: cell {name!r}" if name else where
        for number, figure in enumerate(figures, start=1):
            if not figure["alt"]:
                return f"{place}: figure {number} has no alt text; set fig.alt to what it shows"
        if not name and sum(not figure["caption"] for figure in figures) > 1:
            return f"{where}: two figures share the claim as caption; set fig.caption on one"
    return ""
