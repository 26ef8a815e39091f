"""The machine that runs, records, checks and embeds the examples of the site.

A folder here is a page, a `.py` in it is an example of that page, and the `.out` beside it is
the reviewed record of what it prints and draws. The modules, in the order of the data flow:

catalog    which examples there are, and what their results depend on
keep       what `.cache/` keeps: written whole, checked when read
run        run examples, each in a process of its own; keep the results in `.cache/`
figures    a figure as themable SVG, and as text for the record
record     compare a result with its record
offsite    results of examples whose data cannot lie in this repository
check      one verdict for every example
pages      what the pages embed, and the numbers their prose states
embed      one line of a page -> code, printout and figures (a Python-Markdown extension)
labs       the notebooks of docs/labs: their cells, outputs, record, and the numbers in their prose
kernel     run a lab in a Jupyter kernel
labpages   a lab as a page and as notebooks to take away
tex        formulas -> HTML, by KaTeX (a Python-Markdown extension)
downloads  files to take away: scripts, notebooks, an archive, the wheel
card       the picture that a link to the site shows elsewhere
accessible what Material leaves out for those who do not see the page
policy     what a browser may load and run on a page
publish    the MkDocs hooks: check everything, publish only what holds
"""
