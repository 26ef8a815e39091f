"""All findings, the strongest evidence first."""

from symbreak import diagnosis, show_table

rows = [(f"`{name}`", kind["when"]) for name, kind in diagnosis.KINDS.items()]
show_table(["finding", "found when"], rows)
