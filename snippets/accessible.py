"""What Material leaves out for those who do not see the page."""

import re
from collections import Counter

NAV = re.compile(r'(<nav class="md-nav"[^>]* aria-label=")([^"]+)(")')


def improve(html: str) -> str:
    """Name the search dialog, and give navigations of the same name different ones."""
    html = html.replace(
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="Search"',
    )
    seen: Counter[str] = Counter()

    def numbered(found: re.Match) -> str:
        name = found[2].lower()  # readers say "History" and "history" alike
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        return f"{found[1]}{found[2]}{again}{found[3]}"

    return NAV.sub(numbered, html)
