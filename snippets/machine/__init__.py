"""The machine that finds, runs, judges and records the examples; it knows no site generator.

examples   which examples there are, and what their results depend on
labs       the notebooks of docs/labs: examples in several cells
cache      what `.cache/` keeps: written whole, checked when read
run        run examples, each in a process of its own; keep the results
figures    a figure as themable SVG, and as text for the record
record     compare a result with its record
kept       results of examples that cannot run everywhere: their data or packages are not here
boxes      the boxes to paste into notebooks of the course
values     numbers in prose that refer to what an example keeps
verdict    one judgement per example, and what a page shows of it
fences     Markdown outside its code
typed      numbers typed in prose, and the list of those that may be
prose      what the pages embed and refer to, and whether it is there
output     what a renderer reads: written under `.cache/`
watch      run what has changed while somebody edits
"""
