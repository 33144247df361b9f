/* Which documents have a text: its pairs, the rarest first, as far as the index tells. */
/* The pairs of a text: { pair, next: what follows it, between: the pair that starts with its second character, if left out }.
   In a long text every other pair will do, since each knows what follows it. lone: the text, if it is one character; what comes
   alone after a mark is not asked for. */
function pairsOf(text) {
 var chars = Array.from(text), pairs = [], k, last = -2;
 function starts(c) { return NO_START.indexOf(c) < 0; }
 for (k = 0; k + 1 < chars.length; k++) {
  if (!starts(chars[k])) continue;
  if (chars.length < SHORT || last !== k - 1 || k + 2 === chars.length) {
   pairs.push({ pair: chars[k] + chars[k + 1], next: chars[k + 2], between: "" });
   last = k;
  } else {
   pairs[pairs.length - 1].between = chars[k] + chars[k + 1];
   pairs[pairs.length - 1].beyond = chars[k + 2];
  }
 }
 return { pairs: pairs, lone: !pairs.length && chars.length && starts(chars[chars.length - 1]) ? chars[chars.length - 1] : "" };
}
/* What the index says of pairs, the rarest first; null if one of them is nowhere. */
function entriesOf(pairs) {
 return Promise.all(pairs.map(function (p) { return entryOf(p.pair); })).then(function (entries) {
  if (!entries.every(Boolean)) return null;
  return pairs.map(function (p, k) { p.one = entries[k]; return p; }).sort(function (a, b) { return a.one.count - b.one.count; });
 });
}
/* How many documents may have a text, and what it costs to know which: { count, cost }. */
function priceOf(text) {
 return entriesOf(pairsOf(text).pairs).then(function (own) {
  if (!own || !own.length) return { count: 0, cost: 0 };
  return {
   count: own[0].one.count,
   cost: own.reduce(function (sum, p) { return sum + p.one.cost; }, 0)
  };
 });
}
/* Documents that have a text, as far as the index tells: number → { field: 3 title, 2 lead, 1 body; times }.
   The rarest pairs are asked first. If they leave anything, it is asked what follows them, or, where that tells more for its bytes,
   for the pair that would follow, for as many bytes as a question may cost. roughly: the first step will do. words: what the text is made of, for a whole question. */
var SHORT = 6, PAIRS = 4, BYTES = 12000, SHARD = 550, FOLLOWING = 2;
function having(text, roughly, words) {
 var wanted = pairsOf(text), left = BYTES, inside = [];
 if (wanted.lone) return lookUpOne(wanted.lone).then(function (list) { return together([list]); });
 // Of a whole question, the pairs inside of words are asked first: they are needed in any case.
 if (words && wanted.pairs.length > 4) inside = wanted.pairs.filter(function (p) { return words.some(function (word) { return word.indexOf(p.pair) >= 0; }); });
 return entriesOf(inside).then(function (some) { return some && entriesOf(wanted.pairs); }).then(function (own) {
  if (!own || !own.length) return new Map();
  // Long lists of followers, and the pairs that would tell the same.
  var long = roughly ? [] : own.filter(function (p) { return p.next !== undefined && apart(p.one.after) && NO_START.indexOf(p.pair[p.pair.length - 1]) < 0; });
  function listed(some, fields) {
   return Promise.all(some.map(function (p, k) { left -= p.one.cost; return textsOf(p.one, fields && k === 0 && !(roughly && p.one.count > START.numbers.length / 3), fields && k === 0 ? "" : null); })).then(function (texts) {
    return some.map(function (p, k) { p.texts = texts[k]; return listOf(p.one, texts[k], apart(p.one.after) ? "" : p.one.after, p.next); });
   });
  }
  return Promise.all([
   listed(own.slice(0, PAIRS), true),
   entriesOf(long.filter(function (p) { return p.between; }).map(function (p) { return { pair: p.between, next: p.beyond }; }))
  ]).then(function (both) {
   var lists = both[0], found = together(lists.slice()), more;
   if (!both[1]) return new Map();
   if (!found.size || roughly) return found;
   left -= SHARD * (own.length + both[1].length);
   more = own.slice(PAIRS).concat(both[1]).map(function (p) { return { of: p, cost: p.one.cost, tells: -Math.log2(Math.min(0.99, p.one.count / START.numbers.length)) }; });
   long.forEach(function (p) { if (p.texts) more.push({ of: p, cost: 28 * hint(p.one.after), tells: FOLLOWING, after: true }); });
   more.sort(function (a, b) { return a.cost / a.tells - b.cost / b.tells; });
   more = more.filter(function (m, k) {
    if (left < m.cost && (k > 0 || own.length > 2)) return false;
    left -= m.cost;
    return true;
   });
   if (!more.length) return found;
   return Promise.all([listed(more.filter(function (m) { return !m.after; }).map(function (m) { return m.of; }))].concat(more.filter(function (m) { return m.after; }).map(function (m) {
    return textOf(m.of.one.after).then(function (after) { return listOf(m.of.one, m.of.texts, after, m.of.next); });
   }))).then(function (further) { return together(lists.concat(further[0], further.slice(1))); });
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
