"""Check the examples and labs: `python -m snippets [OPTION ...] [NAME ...]`."""

import argparse
import sys

from snippets.machine import cache, kept, labs, output, prose, record, verdict
from snippets.machine.examples import ROOT, Example, near
from snippets.machine.verdict import DIFFERS, OK, UNRECORDED, Verdict


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if everything holds, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser("python -m snippets", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="<page>, <page>/<name> or labs; default: all"
    )
    parser.add_argument("--update", action="store_true", help="write the records that differ")
    parser.add_argument("--list", action="store_true", help="list names and claims; run nothing")
    parser.add_argument("--data", action="store_true", help="only those that need data")
    parser.add_argument("--needs", action="store_true", help="only those that need a package")
    options = parser.parse_args(arguments)

    known = verdict.known()
    unknown = [_unknown(name, known) for name in options.names if not _named(name, known)]
    if unknown:
        print("\n".join(unknown), file=sys.stderr)
        return 2
    names = options.names or list(known)
    chosen = {example.name: example for name in names for example in _named(name, known)}
    for option in ("data", "needs"):
        if getattr(options, option):
            chosen = {name: e for name, e in chosen.items() if getattr(e, option)}
    if options.list:
        for example in chosen.values():
            print(f"{example.name:<40} {example.claim}")
        return 0
    if options.data or options.needs:  # asked to run them, not to show what is kept
        lacking = [f"{name} needs {e.lacks}" for name, e in chosen.items() if e.lacks]
        if lacking:
            print("\n".join(lacking), file=sys.stderr)
            return 2
    try:
        cache.create()
    except FileExistsError as error:
        print(error, file=sys.stderr)
        return 2
    with cache.lock():
        return _check(chosen, update=options.update, whole=len(chosen) == len(known))


def _check(chosen: dict[str, Example], *, update: bool, whole: bool) -> int:
    asked = prose.asked()
    verdicts = verdict.check(chosen.values(), asked, again=True)
    if update:
        _update(verdicts)
        verdicts = verdict.check(chosen.values(), asked)
    _keep(verdicts)
    _table(verdicts)
    bad = [v for v in verdicts.values() if not v.holds]
    for v in bad:
        print(f"\n{v.example.name}: {v.status}\n{v.message}")
    if whole:  # only with all examples at hand can the pages be judged
        texts, problems = prose.judge(verdicts)
        output.write(verdicts, texts)
    else:
        problems = list(labs.problems())
        for name in verdicts:
            problems += prose.unkept(asked.get(name, []), verdicts)
    for problem in problems:
        print(f"\n{problem}")
    return 1 if bad or problems else 0


def _named(name: str, known: dict[str, Example]) -> list[Example]:
    """Return the example of a name, or all of the page of that name."""
    if name in known:
        return [known[name]]
    return [known[other] for other in known if other.startswith(f"{name.rstrip('/')}/")]


def _unknown(name: str, known: dict[str, Example]) -> str:
    pages = dict.fromkeys(other.partition("/")[0] for other in known)
    return f"unknown example or page {name!r}{near(name, [*known, *pages], '; see --list')}"


def _update(verdicts: dict[str, Verdict]) -> None:
    for v in verdicts.values():
        if v.status in (DIFFERS, UNRECORDED) and not v.example.lacks:
            record.write(v.example, v.result, v.numbers)
            print(f"recorded {v.example.record.relative_to(ROOT)}")


def _keep(verdicts: dict[str, Verdict]) -> None:
    """Keep what was made with data or packages that are not here elsewhere."""
    for v in verdicts.values():
        if v.status == OK and v.example.is_kept and kept.keep(v.example, v.result):
            print(f"kept {v.example.kept.relative_to(ROOT)}")


def _table(verdicts: dict[str, Verdict]) -> None:
    for name, v in verdicts.items():
        print(f"{name:<40} {v.result.seconds:6.2f} s  {v.status}")
    good = sum(v.holds for v in verdicts.values())
    print(f"{good} of {len(verdicts)} ok")


if __name__ == "__main__":
    sys.exit(main())
