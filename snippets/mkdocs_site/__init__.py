"""What MkDocs loads: it shows what the machine wrote, and publishes only what holds.

hooks      the events of MkDocs
embed      one line of a page -> code, printout and figures (a Python-Markdown extension)
tex        formulas -> HTML, by KaTeX (a Python-Markdown extension)
glossary   words that a page explains on hover (a Python-Markdown extension)
reading    what the form on stuck losses reads: texts and thresholds of diagnose
search     what the search reads: prose, formulas as typed, the words of readers
labpages   the page of a lab
rendered   pages that need not be converted again
downloads  files to take away: scripts, notebooks, an archive, the wheel
card       the picture that a link to the site shows elsewhere
policy     what a browser may load and run on a page
finish     names for screen readers, the date, the move into place
"""
