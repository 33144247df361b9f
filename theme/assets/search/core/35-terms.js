/* What the index says of one term (plugins/pubhub/search/terms.py and postings.py write it). */
var HASHES = 45, WIDE = HASHES * 92, MARK = 91, BREAK = "\n", NO_START = " \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~。、·…¥￥";
function shardOf(term) {
 var value = 2166136261, all = Array.from(term), k;
 for (k = 0; k < all.length; k++) value = Math.imul(value ^ all[k].codePointAt(0), 16777619);
 value = value >>> 0;
 return ((value ^ (value >>> 15)) >>> 0) & (START.shards - 1);
}
function termFile(term) {
 var name = shardOf(term).toString(16), folder = "t" + START.shards;
 return fetchOnce("t", name, "search/" + folder + "/" + name + ".js").then(function (flat) {
  if (!flat.table) {
   flat.table = new Map();
   for (var k = 0; k < flat.length; k += 5) flat.table.set(flat[k], k);
  }
  return flat;
 });
}
function hashOf(c) {
 var code = c === BREAK ? 0 : c.codePointAt(0);
 return (code * 40503 + Math.floor(code / 128) * 977) % 65521;
}
var NONE = { docs: [], times: [], fields: [] };
/* What a shard says of a term: { term, docs, after, title, lead, count, cost } or null. Long lists stand apart, in files of their
   own; `count` is how many documents there are about, `cost` what the lists take that are not there yet, in bytes. */
function entryOf(term) {
 return termFile(term).then(function (flat) {
  var place = flat.table.get(term), one;
  if (place === undefined) return null;
  one = { term: term, docs: flat[place + 1], after: flat[place + 2], title: flat[place + 3], lead: flat[place + 4] };
  one.count = apart(one.docs) ? hint(one.docs) : one.docs.length;
  one.cost = apart(one.docs) && !kept["o" + nameOf(one.docs)] ? priceOfSet(one.count) : 0;
  return one;
 });
}
/* Bytes that a set of so many documents takes on the way: the logarithm of how many such sets there are. */
function priceOfSet(count) {
 var all = START.numbers.length, share = Math.min(0.99, Math.max(0.01, count / all));
 return 60 - all / 8 * (share * Math.log2(share) + (1 - share) * Math.log2(1 - share));
}
function apart(text) { return text[0] === " "; }
function nameOf(text) { return text.slice(1, 13); }
function hint(text) { at = 13; return readOne(text); }
function textOf(text) { return apart(text) ? fetchOnce("o", nameOf(text), "search/o/" + nameOf(text) + ".js") : Promise.resolve(text); }
/* Of an entry: its documents, and which of them have it in title and lead. Long lists of the latter only where `fields` is true;
   otherwise `instead` stands for them: null for what is not known, "" for none. */
function textsOf(one, fields, instead) {
 return Promise.all([textOf(one.docs)].concat([one.title, one.lead].map(function (text) { return fields || !apart(text) ? textOf(text) : instead; })));
}
/* Documents of an entry, in order: { docs, times, fields: 3 title, 2 lead, 1 body }. With `after`, its list of followers, only
   those in which `next` follows, if that is given. */
function listOf(one, texts, after, next) {
 var docs = texts[0], all = readSet(docs), fields = new Uint8Array(all.length).fill(1), found = { docs: [], times: [], fields: [] }, k, i = 0, v, hit, count, narrow, wide, m;
 // What is not known stands in nobody's way.
 if (texts[1] === null || texts[2] === null) fields.fill(3);
 else {
  readGaps(texts[2]).forEach(function (r) { fields[r] = 2; });
  readGaps(texts[1]).forEach(function (r) { fields[r] = 3; });
 }
 if (!after) return { docs: all, times: fields, fields: fields };
 // Whatever follows a mark is not told.
 if (NO_START.indexOf(one.term[one.term.length - 1]) >= 0) next = undefined;
 narrow = next === undefined ? -1 : hashOf(next) % HASHES;
 wide = next === undefined ? -1 : hashOf(next) % WIDE;
 for (k = 0; k < all.length; k++) {
  hit = narrow < 0;
  v = VALUE[after.charCodeAt(i++)];
  if (v === MARK) {
   count = VALUE[after.charCodeAt(i++)];
   if (!count) hit = true;
   for (m = 0; m < count; m++, i += 2) if (VALUE[after.charCodeAt(i)] * 92 + VALUE[after.charCodeAt(i + 1)] === wide) hit = true;
   count = count || 60;
  } else {
   for (count = 1; v < HASHES; count++) { if (v === narrow) hit = true; v = VALUE[after.charCodeAt(i++)]; }
   if (v - HASHES === narrow) hit = true;
  }
  if (hit) { found.docs.push(all[k]); found.times.push(count); found.fields.push(fields[k]); }
 }
 return found;
}
/* Documents that have a term. */
function lookUp(term) {
 return entryOf(term).then(function (one) {
  return one ? textsOf(one, true).then(function (texts) { return listOf(one, texts, apart(one.after) ? "" : one.after); }) : NONE;
 });
}
/* One character: all pairs that it starts, together. */
function lookUpOne(char) {
 return termFile(char).then(function (flat) {
  var place = flat.table.get(char);
  if (place === undefined) return [];
  return Promise.all(Array.from(flat[place + 2]).map(function (second) { return lookUp(char + second); }));
 }).then(function (lists) {
  var found = new Map(), docs;
  lists.forEach(function (list) {
   list.docs.forEach(function (doc, k) {
    var how = found.get(doc);
    if (!how) found.set(doc, [list.times[k], list.fields[k]]);
    else { how[0] += list.times[k]; how[1] = Math.max(how[1], list.fields[k]); }
   });
  });
  docs = Array.from(found.keys()).sort(function (a, b) { return a - b; });
  return { docs: docs, times: docs.map(function (d) { return found.get(d)[0]; }), fields: docs.map(function (d) { return found.get(d)[1]; }) };
 });
}
