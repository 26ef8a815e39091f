// Material asks for the search index at once: a third of a first visit, and few visitors search.
// Hold the request back until somebody goes to the search field, or came with a query.
{
  const { open, send } = XMLHttpRequest.prototype;
  const field = (element) =>
    element?.matches?.("[data-md-toggle=search], [data-md-component=search-query]");
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.isIndex = String(url).endsWith("search/search_index.json");
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    const asked = new URLSearchParams(location.search).has("q") || field(document.activeElement);
    if (!this.isIndex || asked) return send.apply(this, body);
    const gone = new AbortController();
    const go = ({ target }) => {
      if (!field(target)) return;
      gone.abort();
      send.apply(this, body);
    };
    for (const event of ["focusin", "change"]) document.addEventListener(event, go, gone);
  };
}
