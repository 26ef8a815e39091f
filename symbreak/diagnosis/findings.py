"""What a diagnosis consists of, and how it reads."""

import textwrap
from dataclasses import dataclass

WIDTH = 76


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
    """Hold all findings, and what was not looked at because it was not passed.

    Parameters
    ----------
    findings : tuple of Finding
        The findings: first those of the costs, then those of the parameters.
    missing : tuple of str
        What to pass to know more.

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
        parts = [str(finding) for finding in self.findings]
        if self.missing:
            text = "Not looked at, because not passed: " + "; ".join(self.missing) + "."
            parts.append(_indented("", text))
        return "\n\n".join(parts)

    __repr__ = __str__  # the last line of a notebook cell shows the repr


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
