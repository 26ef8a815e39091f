// What scrolls sideways can be reached and scrolled by keyboard; what fits is no stop of the Tab key.
const WIDE = ".arithmatex, .md-typeset__scrollwrap, pre > code";

function mark() {
  for (const area of document.querySelectorAll(`.md-typeset :is(${WIDE})`)) {
    const scrolls =
      area.scrollWidth > area.clientWidth && /auto|scroll/.test(getComputedStyle(area).overflowX);
    if (scrolls && !area.querySelector("a, button, [tabindex]")) area.tabIndex = 0;
    else if (area.tabIndex === 0) area.removeAttribute("tabindex");
  }
}

// Material wraps tables when the page is there; fonts and widths decide what fits.
document.fonts.ready.then(mark);
addEventListener("load", mark);
new ResizeObserver(mark).observe(document.querySelector(".md-content") ?? document.body);
