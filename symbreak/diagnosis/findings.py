"""A finding, how it reads, and the table of all findings: see findings.toml."""

import textwrap
import tomllib
from dataclasses import dataclass, field
from importlib import resources

WIDTH = 76


def _read_table():
    text = resources.files(__package__).joinpath("findings.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(text)
    groups = kinds.pop("groups")
    for kind in kinds.values():
        kind["over"] = {n for over in kind.get("over", ()) for n in groups.get(over, [over])}
    return kinds


KINDS = _read_table()  # name: {"when", "means", "change", "over"}, the strongest evidence first


@dataclass(frozen=True)
class Finding:
    """Hold one thing that was found.

    Parameters
    ----------
    name : str
        Stable name, such as "stuck_at_label_entropy".
    evidence : str
        The numbers it rests on.
    meaning : str
        What they mean.
    change : str, default ""
        What to change; empty if the finding is no reason to change anything.

    Examples
    --------
    >>> print(Finding("leveled_off", "last costs 0.22 to 0.22", "It is done."))
    leveled_off
      seen    last costs 0.22 to 0.22
      means   It is done.
    """

    name: str
    evidence: str
    meaning: str
    change: str = ""

    def __str__(self):
        parts = {"seen": self.evidence, "means": self.meaning, "change": self.change}
        lines = [_indented(f"  {label:<8}", text) for label, text in parts.items() if text]
        return "\n".join([self.name, *lines])


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """Hold what was computed, all findings, and what was not looked at.

    Parameters
    ----------
    findings : tuple of Finding
        The findings, the one with the strongest evidence first.
    missing : tuple of str
        What to pass to know more.
    computed : dict
        What X, Y, the parameters and the activation say: label and text.

    Examples
    --------
    >>> found = Diagnosis((Finding("flat", "0.70 to 0.70", "It stands."),), ("Y (the labels)",))
    >>> found.names
    ('flat',)
    >>> print(found)
    flat
      seen    0.70 to 0.70
      means   It stands.
    <BLANKLINE>
    Not looked at, because not passed: Y (the labels).
    """

    findings: tuple
    missing: tuple = ()
    computed: dict = field(default_factory=dict)

    @property
    def names(self):
        """Return the names of the findings.

        Returns
        -------
        tuple of str
            One name per finding; a name can occur once per layer.
        """
        return tuple(finding.name for finding in self.findings)

    def __str__(self):
        lines = [_indented(f"  {label:<11}", text) for label, text in self.computed.items()]
        parts = ["\n".join(["computed from what you passed", *lines])] if lines else []
        parts += [str(finding) for finding in self.findings]
        if self.missing:
            text = "Not looked at, because not passed: " + "; ".join(self.missing) + "."
            parts.append(_indented("", text))
        return "\n\n".join(parts)

    __repr__ = __str__  # the last line of a notebook cell shows the repr


def finding(name: str, evidence: str, **words) -> Finding:
    """Return a finding with the text of the table, its braces filled with the words."""
    texts = (KINDS[name].get(part, "").format(**words) for part in ("means", "change"))
    return Finding(name, evidence, *texts)


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of the table, without those that another one overrules."""
    said, overruled = [], set()
    for one in sorted(found, key=lambda one: list(KINDS).index(one.name)):
        if one.name not in overruled:
            said.append(one)
            overruled |= KINDS[one.name]["over"]
    return tuple(said)


def digits(cost: float) -> str:
    """Write a finite cost with four decimals, or with two digits if it is very large."""
    return f"{cost:.4f}" if abs(cost) < 1e4 else f"{cost:.1e}"


def _indented(first, text):
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
