// What Material asks its search for, and how it orders what was found.
{
  const QUERY = 2, RESULT = 3; // messages between the page and the search
  // Material looks for all words that begin with a term: "to" finds "together", "0" every number.
  // Ask for the terms that say something: as they stand, and with less weight for what begins as
  // they do without their ending, so that "initializing" also finds "initialized", and 0.693147181
  // finds 0.6931.
  const said = /^(a|an|and|any|are|as|at|be|but|by|can|did|do|does|don|for|from|get|gets|had|has|have|how|i|if|in|into|is|isn|it|its|me|my|not|of|on|or|s|should|so|t|that|the|their|then|there|they|this|to|too|use|used|using|vs|was|we|what|when|where|which|why|will|with|would|you|your)$/;
  const ending = /(i[sz]ation|i[sz]ing|i[sz]e[drs]?|ation|at[ei]ng|ate[ds]?|ing|ed|es|[esy])$/;
  const short = /^(init|backprop)$/; // asked for as beginnings only
  const WEIGHT = 4;

  function terms(query) {
    const all = query.toLowerCase().split(/[\s=*()[\]/,:;"?!_~^+'-]+|\.(?!\d)/).filter(Boolean);
    const found = all.filter((term) => !said.test(term));
    return (found.length ? found : all).flatMap((term) => {
      const isWord = /^[a-z]{5,}$/.test(term);
      const beginning = isWord ? term.replace(ending, "") : term.replace(/(\.\d{3})\d+$/, "$1");
      if (short.test(term)) return [beginning];
      return [`${term}^${WEIGHT}`, ...(beginning.length > 2 ? [beginning] : [])];
    }).join(" ");
  }

  // Material multiplies the scores of lunr by up to five at the beginning of a page and by up to two
  // in a section. So pages came first that say of everything a little. Multiply by the share of the
  // terms that was found, and a little at the beginning of a page.
  function settle(item) {
    const asked = Object.keys(item.terms), found = asked.filter((term) => item.terms[term]);
    const share = found.length / asked.length, isPage = !item.location.includes("#");
    item.score *= (share * (isPage ? 1.2 : 1)) / (1 + (isPage + share) ** 2);
    // Shown as missing are whole terms, of which not even the beginning was found.
    const whole = asked.filter((term) => !asked.some((t) => t !== term && t.startsWith(term)));
    item.terms = Object.fromEntries(
      whole.map((term) => [term, found.some((beginning) => term.startsWith(beginning))]),
    );
  }

  // Material folds away each section whose score is not that of the best result of its page.
  const NEAR = 0.75;
  function order(pages) {
    for (const page of pages) {
      for (const item of page) {
        if (item.score) settle(item);
        delete item.tags; // the words of readers: they are searched, not shown
      }
      page.sort((a, b) => b.score - a.score);
      const best = page[0].score;
      for (const item of page) if (item.score > NEAR * best) item.score = best;
    }
    pages.sort(([a], [b]) => b.score - a.score);
  }

  const { addEventListener, postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === QUERY) message = { ...message, data: terms(message.data) };
    return postMessage.call(this, message, ...rest);
  };
  Worker.prototype.addEventListener = function (type, listener, ...rest) {
    const told = (event) => {
      if (event.data?.type === RESULT) order(event.data.data.items);
      listener(event);
    };
    return addEventListener.call(this, type, told, ...rest);
  };
}
