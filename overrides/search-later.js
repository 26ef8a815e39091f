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
// Material looks for words that begin with each term: "to" finds every "together", "0" every number.
// Ask for the terms that say something: no short words of English, no single characters.
{
  const QUERY = 2; // a message of Material to its search
  const said = /^(|.|an|and|are|as|at|be|by|can|do|does|for|from|how|if|in|is|it|my|of|on|or|so|that|the|this|to|use|vs|was|what|when|which|why|with|you)$/i;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === QUERY) {
      const terms = message.data.split(/[\s=*()[\]/,:"?!]+/).filter((term) => !said.test(term));
      if (terms.length) message = { ...message, data: terms.join(" ") };
    }
    return postMessage.call(this, message, ...rest);
  };
}
