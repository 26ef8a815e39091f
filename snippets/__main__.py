"""Check the examples and labs: `python -m snippets [--update] [--list] [--data] [NAME ...]`."""

import argparse
import difflib
import sys

from snippets import catalog, keep, labs, offsite, pages, record
from snippets.catalog import Snippet
from snippets.check import DIFFERS, OK, UNRECORDED, Verdict, check
from snippets.labs import Lab


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if everything holds, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser("python -m snippets", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="<page>/<name> or labs/<name>; default: all"
    )
    parser.add_argument("--update", action="store_true", help="write the records that differ")
    parser.add_argument("--list", action="store_true", help="list names and claims; run nothing")
    parser.add_argument("--data", action="store_true", help="only those that need data")
    options = parser.parse_args(arguments)

    known = catalog.snippets() | labs.labs()
    unknown = [_unknown(name, known) for name in options.names if name not in known]
    if unknown:
        print("\n".join(unknown), file=sys.stderr)
        return 2
    chosen = [known[name] for name in options.names] or list(known.values())
    if options.data:
        chosen = [snippet for snippet in chosen if snippet.data]
    if options.list:
        for snippet in chosen:
            print(f"{snippet.name:<40} {snippet.claim}")
        return 0

    keep.lock()
    verdicts = _check(chosen, again=True, progress=_progress)
    if options.update:
        _update(verdicts)
        verdicts = _check(chosen)
    _keep(verdicts)
    _table(verdicts)
    bad = [verdict for verdict in verdicts.values() if not verdict.holds]
    for verdict in bad:
        print(f"\n{verdict.snippet.name}: {verdict.status}\n{verdict.message}")
    # The pages can be judged only with all examples at hand.
    problems = (
        [] if options.names or options.data else catalog.problems() + pages.problems(verdicts)
    )
    problems += labs.problems(verdicts)
    for problem in problems:
        print(f"\n{problem}")
    return 1 if bad or problems else 0


def _check(chosen: list[Snippet], **options) -> dict[str, Verdict]:
    """Examples and labs are run by different means."""
    notebooks = [one for one in chosen if isinstance(one, Lab)]
    examples = [one for one in chosen if one not in notebooks]
    return check(examples, **options) | labs.check(notebooks, **options)


def _unknown(name: str, known: dict[str, Snippet]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "see --list"
    return f"unknown snippet {name!r}; {hint}"


def _progress(name: str, seconds: float, done: int, total: int) -> None:
    print(f"[{done}/{total}] {name} {seconds:.1f} s", file=sys.stderr, flush=True)


def _update(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        if verdict.status in (DIFFERS, UNRECORDED) and not verdict.snippet.lacks_data:
            record.write(verdict.snippet, verdict.result)
            print(f"recorded {verdict.snippet.record.relative_to(catalog.ROOT)}")


def _keep(verdicts: dict[str, Verdict]) -> None:
    """Keep what was made with data that is not here elsewhere."""
    for verdict in verdicts.values():
        snippet = verdict.snippet
        if verdict.status == OK and snippet.data and offsite.keep(snippet, verdict.result):
            print(f"kept {snippet.kept.relative_to(catalog.ROOT)}")


def _table(verdicts: dict[str, Verdict]) -> None:
    for name, verdict in verdicts.items():
        print(f"{name:<40} {verdict.result.seconds:6.2f} s  {verdict.status}")
    good = sum(verdict.holds for verdict in verdicts.values())
    print(f"{good} of {len(verdicts)} ok")


if __name__ == "__main__":
    sys.exit(main())
