/* Which documents have a text: its pairs, the rarest first, as far as the index tells. */
/* The pairs of a text, each with what follows it; and its last character, if no pair has told of it. */
function pairsOf(text) {
 var chars = Array.from(text), pairs = [], k, last;
 function starts(c) { return NO_START.indexOf(c) < 0; }
 for (k = 0; k + 1 < chars.length; k++) {
  if (!starts(chars[k])) continue;
  // In a long text every other pair will do: each one knows what follows it.
  if (chars.length < 6 || last !== k - 1 || k + 2 === chars.length) {
   pairs.push([chars[k] + chars[k + 1], chars[k + 2]]);
   last = k;
  }
 }
 k = chars.length - 1;
 return { pairs: pairs, lone: k >= 0 && starts(chars[k]) && (k === 0 || !starts(chars[k - 1])) ? chars[k] : "" };
}
/* How many documents may have a text, and what it costs to know which: { count, cost }. */
function priceOf(text) {
 return Promise.all(pairsOf(text).pairs.map(function (pair) { return entryOf(pair[0]); })).then(function (entries) {
  if (entries.some(function (one) { return !one; })) return { count: 0, cost: 0 };
  return {
   count: Math.min.apply(null, entries.map(function (one) { return one.count; })),
   cost: entries.reduce(function (sum, one) { return sum + one.cost; }, 0)
  };
 });
}
/* Documents that have a text, as far as the index tells: number → { field: 3 title, 2 lead, 1 body; times }. The rarest pairs
   are asked first. Long lists of followers are asked last, the shortest first, and only as many as a question may cost. */
var PAIRS = 5, FOLLOWERS = 9000;
function having(text) {
 var wanted = pairsOf(text);
 return Promise.all(wanted.pairs.map(function (pair) { return entryOf(pair[0]); })).then(function (entries) {
  var own = [], lone;
  if (entries.some(function (one) { return !one; })) return new Map();
  entries.forEach(function (one, k) { own.push({ one: one, next: wanted.pairs[k][1] }); });
  own.sort(function (a, b) { return a.one.count - b.one.count; });
  own = own.slice(0, PAIRS);
  lone = wanted.lone ? lookUpOne(wanted.lone) : Promise.resolve(null);
  return Promise.all([lone].concat(own.map(function (p) { return textOf(p.one.docs); }))).then(function (texts) {
   var lists = own.map(function (p, k) { p.docs = texts[k + 1]; return listOf(p.one, p.docs, apart(p.one.after) ? "" : p.one.after, p.next); });
   if (texts[0]) lists.push(texts[0]);
   if (!lists.length) return new Map();
   var found = together(lists.slice()), left = FOLLOWERS, more;
   if (!found.size) return found;
   more = own.filter(function (p) { return p.next !== undefined && apart(p.one.after); }).sort(function (a, b) { return hint(a.one.after) - hint(b.one.after); });
   more = more.filter(function (p) { left -= 64 * hint(p.one.after); return left > 0 || (p === more[0] && own.length < 3); });
   if (!more.length) return found;
   return Promise.all(more.map(function (p) { return textOf(p.one.after); })).then(function (afters) {
    return together(lists.concat(more.map(function (p, k) { return listOf(p.one, p.docs, afters[k], p.next); })));
   });
  });
 });
}
function together(lists) {
 var found = new Map(), shortest, others, at, times, field, doc, k, n, list, rank;
 lists.sort(function (a, b) { return a.docs.length - b.docs.length; });
 shortest = lists[0];
 others = lists.slice(1);
 at = others.map(function () { return 0; });
 for (k = 0; k < shortest.docs.length; k++) {
  doc = shortest.docs[k];
  times = shortest.times[k];
  field = shortest.fields[k];
  for (n = 0; n < others.length; n++) {
   list = others[n];
   rank = at[n];
   while (rank < list.docs.length && list.docs[rank] < doc) rank++;
   at[n] = rank;
   if (list.docs[rank] !== doc) break;
   if (list.times[rank] < times) times = list.times[rank];
   if (list.fields[rank] < field) field = list.fields[rank];
  }
  if (n === others.length) found.set(doc, { field: field, times: times });
 }
 return found;
}
