"""The examples of the site, the machine that checks them, and what shows them.

A folder here is a page, a `.py` in it is an example of that page, and the `.out` beside it is the
reviewed record of what it prints and draws. Two folders are code: `machine` runs and judges the
examples, and `mkdocs_site` is what MkDocs loads. Data flows from the first to the second.
"""
