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
  one.cost = apart(one.docs) && !kept["o" + nameOf(one.docs)] ? 1300 : 0;
  return one;
 });
}
function apart(text) { return text[0] === " "; }
function nameOf(text) { return text.slice(1, 13); }
function hint(text) { at = 13; return readOne(text); }
function textOf(text) { return apart(text) ? fetchOnce("o", nameOf(text), "search/o/" + nameOf(text) + ".js") : Promise.resolve(text); }
/* Documents of an entry, in order: { docs, times, fields: 3 title, 2 lead, 1 body }. With `after`, its list of followers, only
   those in which `next` follows, if that is given. */
function listOf(one, docs, after, next) {
 var all = readSet(docs), fields = new Uint8Array(all.length).fill(1), found = { docs: [], times: [], fields: [] }, k, i = 0, v, hit, count, narrow, wide, m;
 readGaps(one.lead).forEach(function (r) { fields[r] = 2; });
 readGaps(one.title).forEach(function (r) { fields[r] = 3; });
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
  return one ? textOf(one.docs).then(function (docs) { return listOf(one, docs, apart(one.after) ? "" : one.after); }) : NONE;
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
