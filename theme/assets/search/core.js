/* Finds in the index of this site: no server, no library, from a folder as well as from a host. No interface: that is ui.js.

   hubSearch.open(base) → Promise
     base: the way from this page to the site's root ("" or "../../"). Loads what every question needs; may be called again.
   hubSearch.query(text, options) → Promise of
     { query, normalised, total, exact, phrases, hits, facets, corrected, words, via }
     options: kind, topic, year (number or text), state ("current", "past", "withdrawn"), limit (10), offset (0),
              today ("2026-11-24"; the reader's day by default), signal (an AbortSignal: its question rejects with an AbortError),
              exact (true: only what has the whole text, nothing akin), verify (true: looks into every body; costs as much).
     total: how many hits there are; exact is false where it was estimated (say 约).
     phrases: how many of them have the whole text as it stands; these come first.
     hits: { id, url (from the root), title, kind, kindName, date, starts, ends, state, severity, sample, staff, topics, via,
             titleParts, excerpt } with parts as [[text, isMatch], …];
             state: "", "upcoming", "running", "past", "expired", "superseded", "withdrawn".
     facets: { kind: { alert: 3 }, topic: {…}, year: {…}, state: {…} }, each as if its own filter were not set.
     corrected: what was searched for instead of a text with one wrong character, or null.
     words: what the question was taken apart into.
     via: phrase, words, synonym, pinyin, correction, question; help where nothing was found and help is given instead.
   hubSearch.suggest(text, n, options) → Promise of [{ title, url, kind, kindName, id, parts }]: topics, then titles; letters are
     read as pinyin, in full or by initials.
   hubSearch.warm() → Promise: what any answer will need is loaded ahead, while one still types.
   hubSearch.names → { kind: {alert: "风险提示"}, topic: {…} } once open.

   Outside a browser, set hubSearch.load(path) → Promise first: it has to run the file at that path of the site. */
(function (root) {
 "use strict";
 var LETTERS = "", n;
 for (n = 0x23; n < 0x7f; n++) if (n !== 0x5c) LETTERS += String.fromCharCode(n);
 LETTERS += "!";
 var VALUE = new Int8Array(128), BASE = 92, HASHES = 45, WIDE = HASHES * 92, MARK = 91;
 for (n = 0; n < BASE; n++) VALUE[LETTERS.charCodeAt(n)] = n;
 var HAN = /[\u3400-\u9fff\uf900-\ufaff\u3005\u3007]/, BREAK = "\n", NO_START = " \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~。、·…¥￥";
 var dictionary = null, START = null, opening = null, base = "", kept = {}, parcels = {}, names = { kind: {}, topic: {} };

 // Files.

 function put(kind, name, value) { parcels[kind + name] = value; }
 function insert(path) {
  return new Promise(function (done, failed) {
   var s = document.createElement("script");
   s.charset = "utf-8";
   s.async = true;
   s.onload = function () { s.remove(); done(); };
   s.onerror = function () { s.remove(); failed(new Error("search: " + path)); };
   s.src = base + path;
   document.head.appendChild(s);
  });
 }
 // A browser that is asked for hundreds of files at once gives some of them up; so does a bad line, hence the second try.
 var running = 0, waiting = [];
 function inTurn(path) {
  return new Promise(function (done) {
   function go() { running++; done(); }
   if (running < 24) go();
   else waiting.push(go);
  }).then(function () {
   return api.load(path).catch(function () { return api.load(path); });
  }).then(leave, function (error) { leave(); throw error; });
 }
 function leave() { running--; if (waiting.length) waiting.shift()(); }
 function fetchOnce(kind, name, path) {
  var at = kind + name;
  if (!kept[at]) {
   kept[at] = inTurn(path).then(function () {
    var value = parcels[at];
    delete parcels[at];
    if (value === undefined) throw new Error("search: " + path);
    return value;
   });
   kept[at].catch(function () { delete kept[at]; });
  }
  return kept[at];
 }

 // Numbers.

 var at = 0;
 function readOne(text) {
  var v = VALUE[text.charCodeAt(at++)], k, count;
  if (v < 80) return v;
  if (v < 90) return 80 + (v - 80) * BASE + VALUE[text.charCodeAt(at++)];
  count = v === 90 ? 4 : 8;
  for (v = 0, k = 0; k < count; k++) v = v * BASE + VALUE[text.charCodeAt(at++)];
  return v;
 }
 function readAll(text) {
  var out = [];
  for (at = 0; at < text.length;) out.push(readOne(text));
  return out;
 }
 function readGaps(text) {
  var out = readAll(text), last = -1, k;
  for (k = 0; k < out.length; k++) out[k] = last += out[k] + 1;
  return out;
 }
 /* A set of numbers: windows of six, and how many empty ones lie between. */
 function readSet(text) {
  var out = [], base = -6, v, bit;
  for (at = 0; at < text.length;) {
   v = VALUE[text.charCodeAt(at++)];
   if (v < 63) for (base += 6, v++, bit = 0; bit < 6; bit++) { if (v >> bit & 1) out.push(base + bit); }
   else if (v < 85) base += 6 * (v - 62);
   else base += 6 * (readOne(text) + 23);
  }
  return out;
 }
 function zigzag(v) { return v % 2 ? -(v + 1) / 2 : v / 2; }

 // The normal form.

 var same = {}, fold = {}, forms = new Map();
 function pairsInto(text, map) {
  var all = Array.from(text), k;
  for (k = 0; k < all.length; k += 2) map[all[k]] = all[k + 1];
 }
 function formOf(c) {
  var form = forms.get(c);
  if (form === undefined) {
   form = /[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]/.test(c) ? "" : Array.from((same[c] || c).normalize("NFKC").toLowerCase()).map(function (d) {
    d = same[d] || d;
    return fold[d] || d;
   }).join("");
   forms.set(c, form);
  }
  return form;
 }
 /* The normal form of a text, and for each of its characters (code points) where in the text it comes from. */
 function normalised(text) {
  var chars = [], from = [], at = 0, out = [], where = [], k, blank = false;
  Array.from(text).forEach(function (c) {
   Array.from(formOf(c)).forEach(function (d) { chars.push(d); from.push(at); });
   at += c.length;
  });
  for (k = 0; k < chars.length; k++) {
   if (/\s/.test(chars[k])) { blank = true; continue; }
   // A blank beside a character that is not ASCII says nothing.
   if (blank && out.length && chars[k] < "\x80" && out[out.length - 1] < "\x80") { out.push(" "); where.push(from[k] - 1); }
   blank = false;
   out.push(chars[k]);
   where.push(from[k]);
  }
  where.push(text.length);
  return { chars: out, text: out.join(""), where: where };
 }
 function normal(text) { return normalised(text).text; }

 // Packed texts: raw deflate after a dictionary.

 var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
 var LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
 var DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
 var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
 function tree(lengths) {
  var count = new Uint16Array(16), symbol = new Uint16Array(lengths.length), offset = new Uint16Array(16), k;
  for (k = 0; k < lengths.length; k++) count[lengths[k]]++;
  count[0] = 0;
  for (k = 1; k < 16; k++) offset[k] = offset[k - 1] + count[k - 1];
  for (k = 0; k < lengths.length; k++) if (lengths[k]) symbol[offset[lengths[k]]++] = k;
  return { count: count, symbol: symbol };
 }
 function inflate(data, dictionary) {
  var out = new Uint8Array(Math.max(65536, dictionary.length * 2 + data.length * 8)), end = dictionary.length, at = 0, bits = 0, held = 0, last, type, k;
  out.set(dictionary);
  function take(count) {
   while (held < count) { bits |= data[at++] << held; held += 8; }
   var v = bits & ((1 << count) - 1);
   bits >>>= count;
   held -= count;
   return v;
  }
  function decode(t) {
   var code = 0, first = 0, index = 0, length, count;
   for (length = 1; length < 16; length++) {
    code |= take(1);
    count = t.count[length];
    if (code - count < first) return t.symbol[index + code - first];
    index += count;
    first = (first + count) << 1;
    code <<= 1;
   }
   throw new Error("search: damaged");
  }
  function room(count) {
   if (end + count <= out.length) return;
   var more = new Uint8Array((end + count) * 2);
   more.set(out.subarray(0, end));
   out = more;
  }
  function block(literals, distances) {
   var v, length, distance, from;
   for (;;) {
    v = decode(literals);
    if (v === 256) return;
    room(258);
    if (v < 256) { out[end++] = v; continue; }
    v -= 257;
    length = LENGTHS[v] + take(LENGTH_BITS[v]);
    v = decode(distances);
    distance = DISTANCES[v] + take(v < 4 ? 0 : (v >> 1) - 1);
    for (from = end - distance; length--;) out[end++] = out[from++];
   }
  }
  do {
   last = take(1);
   type = take(2);
   if (type === 0) {
    bits = held = 0;
    k = data[at] | data[at + 1] << 8;
    at += 4;
    room(k);
    out.set(data.subarray(at, at + k), end);
    end += k;
    at += k;
   } else if (type === 1) {
    var fixed = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
    block(tree(fixed), tree(new Uint8Array(30).fill(5)));
   } else {
    var nl = take(5) + 257, nd = take(5) + 1, nc = take(4) + 4, lengths = new Uint8Array(320), lt, v, r;
    for (k = 0; k < nc; k++) lengths[ORDER[k]] = take(3);
    lt = tree(lengths.slice(0, 19));
    lengths = new Uint8Array(nl + nd);
    for (k = 0; k < nl + nd;) {
     v = decode(lt);
     if (v < 16) { lengths[k++] = v; continue; }
     r = v === 16 ? 3 + take(2) : v === 17 ? 3 + take(3) : 11 + take(7);
     v = v === 16 ? lengths[k - 1] : 0;
     while (r--) lengths[k++] = v;
    }
    block(tree(lengths.slice(0, nl)), tree(lengths.slice(nl)));
   }
  } while (!last);
  return out.subarray(dictionary.length, end);
 }
 function bytesOf(base64) {
  var text = atob(base64), out = new Uint8Array(text.length), k;
  for (k = 0; k < text.length; k++) out[k] = text.charCodeAt(k);
  return out;
 }

 // Opening.

 function open(where) {
  if (where !== undefined) base = where;
  if (!opening) {
   opening = Promise.all([fetchOnce("s", "start", "search/start.js"), words()]).then(function (both) { return begin(both[0]); });
   opening.catch(function () { opening = null; });
  }
  return opening;
 }
 function begin(file) {
  var count, k, topic, t, day = 0, days, ends;
  START = file;
  same = {};
  fold = {};
  forms = new Map();
  pairsInto(file.same, same);
  pairsInto(file.fold, fold);
  file.numbers = readSet(file.docs);
  count = file.numbers.length;
  file.place = new Map();
  file.traits = [];
  days = readAll(file.date);
  ends = readAll(file.ends);
  topic = readAll(file.topic);
  file.days = new Int32Array(count);
  file.last = new Int32Array(count);
  file.topicsOf = [];
  for (k = 0, t = 0; k < count; k++) {
   file.place.set(file.numbers[k], k);
   file.days[k] = day += zigzag(days[k]);
   file.last[k] = ends[k] ? day + zigzag(ends[k] - 1) : 0;
   file.topicsOf.push(topic.slice(t + 1, t + 1 + topic[t]));
   t += 1 + topic[t];
  }
  names.kind = {};
  names.topic = {};
  file.kinds.forEach(function (one) { names.kind[one[0]] = one[1]; });
  file.topics.forEach(function (one) { names.topic[one[0]] = one[1]; });
  file.lexicon = new Map();
  file.patterns = [];
  file.synonyms.forEach(function (words, group) {
   words.forEach(function (word) {
    if (word.indexOf("...") > 0) { file.patterns.push([word.split("..."), group]); return; }
    if (!file.lexicon.has(word)) file.lexicon.set(word, []);
    file.lexicon.get(word).push(group);
   });
  });
  file.topics.forEach(function (one) {
   var word = normal(one[1]);
   if (!file.lexicon.has(word)) file.lexicon.set(word, []);
  });
  file.ignored = new Set(file.ignore);
  file.longest = 0;
  file.lexicon.forEach(function (_, word) { file.longest = Math.max(file.longest, word.length); });
  file.ignore.forEach(function (word) { file.longest = Math.max(file.longest, word.length); });
  return api;
 }
 /* A page that stands open while the site is published again: everything is asked for anew. */
 function reopen() {
  kept = {};
  dictionary = null;
  opening = api.load("search/start.js?" + Date.now()).then(function () {
   var file = parcels.sstart;
   delete parcels.sstart;
   return begin(file);
  });
  return opening;
 }

 // Terms.

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
 var NONE = { docs: [], times: [], fields: [] };
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

 // Documents.

 function words() {
  if (!dictionary) {
   dictionary = fetchOnce("w", "words", "search/words.js").then(function (text) { return new TextEncoder().encode(text); });
   dictionary.catch(function () { dictionary = null; });
  }
  return dictionary;
 }
 function unpacked(kind, size, number, read) {
  var name = Math.floor(number / size).toString(16);
  return Promise.all([fetchOnce(kind, name, "search/" + kind + "/" + name + ".js"), words()]).then(function (both) {
   var file = both[0], lines;
   if (!file.docs) {
    file.docs = new Map();
    lines = new TextDecoder().decode(inflate(bytesOf(file[1]), both[1])).split("\n");
    file[0].forEach(function (one, k) { file.docs.set(one, read(JSON.parse(lines[k]))); });
   }
   return file.docs.get(number) || null;
  });
 }
 function record(f) {
  var doc = { id: f[0], url: f[1], title: f[2], kind: f[3], kindName: f[4], date: f[5], starts: f[6], ends: f[7], mark: f[8], flags: f[9], topics: f[10] ? f[10].split(" ") : [], summary: f[11], plain: f[12] ? f[12].split("\n") : [], body: null, parts: [] };
  doc.parts = [normal(doc.title), [doc.summary].concat(doc.plain, doc.topics.map(function (id) { return names.topic[id] || ""; })).map(normal).join(BREAK)];
  return doc;
 }
 /* The document of a number without its body, or null if the site does not have it any more. */
 function documentOf(number) {
  return unpacked("d", START.records, number, record).catch(function () { return null; });
 }
 /* The same with its body. */
 function whole(number) {
  return documentOf(number).then(function (doc) {
   if (!doc || doc.body !== null) return doc;
   return unpacked("b", START.bodies, number, String).then(function (body) {
    doc.body = body || "";
    doc.parts[2] = normal(doc.body);
    return doc;
   }, function () { return doc; });
  });
 }
 /* 3 title, 2 lead, 1 body, 0 nowhere; undefined as long as the body would have to be asked. */
 function fieldOf(doc, text) {
  if (doc.parts[0].indexOf(text) >= 0) return 3;
  if (doc.parts[1].indexOf(text) >= 0) return 2;
  return doc.body === null ? undefined : doc.parts[2].indexOf(text) >= 0 ? 1 : 0;
 }

 // States, filters.

 var EPOCH = Date.UTC(2000, 0, 1);
 function dayOf(iso) { return Math.round((Date.UTC(+iso.slice(0, 4), iso.slice(5, 7) - 1, +iso.slice(8, 10)) - EPOCH) / 864e5); }
 function todayOf(options) {
  var now = new Date();
  return options.today ? dayOf(options.today) : Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - EPOCH) / 864e5);
 }
 /* 0 current, 1 past, 2 withdrawn. */
 function standing(k, today) {
  var mark = VALUE[START.mark.charCodeAt(k)];
  return mark === 2 ? 2 : mark === 1 || (START.last[k] && START.last[k] < today) ? 1 : 0;
 }
 var STANDINGS = ["current", "past", "withdrawn"];
 function kindAt(k) { return START.kinds[VALUE[START.kind.charCodeAt(k)]][0]; }
 function yearAt(k) { return String(new Date(EPOCH + START.days[k] * 864e5).getUTCFullYear()); }
 function traits(k, today) {
  var known = START.traits[k];
  if (!known) known = START.traits[k] = { kind: [kindAt(k)], topic: START.topicsOf[k].map(function (t) { return START.topics[t][0]; }), year: [yearAt(k)], state: null };
  known.state = STATES[standing(k, today)];
  return known;
 }
 var STATES = STANDINGS.map(function (one) { return [one]; });
 function sift(ranked, options, today) {
  var facets = { kind: {}, topic: {}, year: {}, state: {} }, fields = Object.keys(facets), left = [];
  var asked = fields.filter(function (f) { return options[f] !== undefined && options[f] !== null && options[f] !== ""; });
  ranked.forEach(function (one) {
   var own = traits(one.place, today), failed = "", failures = 0, f, v, k, values, counts;
   for (k = 0; k < asked.length; k++) if (own[asked[k]].indexOf(String(options[asked[k]])) < 0) { failed = asked[k]; failures++; }
   if (!failures) left.push(one);
   if (failures > 1) return;
   for (k = 0; k < fields.length; k++) {
    f = fields[k];
    if (failures && failed !== f) continue;
    values = own[f];
    counts = facets[f];
    for (v = 0; v < values.length; v++) counts[values[v]] = (counts[values[v]] || 0) + 1;
   }
  });
  return { left: left, facets: facets };
 }
 function stateOf(doc, today) {
  if (doc.mark) return doc.mark;
  if (doc.kind === "alert") return doc.ends && dayOf(doc.ends) < today ? "expired" : "";
  if (!doc.starts) return "";
  return today < dayOf(doc.starts) ? "upcoming" : today <= dayOf(doc.ends) ? "running" : "past";
 }

 // Ranking.

 var KIND_WEIGHT = { news: 0.7, star: 0.7, event: 0.7, issue: 0.6, entry: 0.7, campaign: 0.8, course: 0.9 };
 function weightAt(k) { return KIND_WEIGHT[kindAt(k)] || 1; }
 function recency(k, today) { return 1 / (1 + Math.max(0, today - START.days[k]) / 400); }
 function inOrder(a, b) {
  return a.late - b.late || b.score - a.score || START.days[b.place] - START.days[a.place] || START.numbers[b.place] - START.numbers[a.place];
 }
 function rankPhrase(found, today, via) {
  var ranked = [], stale = false;
  found.forEach(function (how, number) {
   var place = START.place.get(number);
   if (place === undefined) { stale = true; return; }
   var late = standing(place, today);
   ranked.push({
    number: number, place: place, via: via, late: late,
    score: [0, 10, 30, 100][how.field] * (how.field === 3 ? 1 : weightAt(place)) + Math.min(how.times, 6) / 2 + 3 * recency(place, today) +
     (late === 0 && kindAt(place) === "alert" ? 3 : 0) + (how.bonus || 0)
   });
  });
  ranked.sort(inOrder);
  ranked.stale = stale;
  return ranked;
 }

 // Questions.

 var segmenter = null;
 function cut(text) {
  try { segmenter = segmenter || new Intl.Segmenter("zh", { granularity: "word" }); } catch (e) { segmenter = null; }
  if (!segmenter) return text.match(/[\u3400-\u9fff]{1,2}|[^\u3400-\u9fff\s]+/g) || [];
  return Array.from(segmenter.segment(text)).filter(function (s) { return s.isWordLike; }).map(function (s) { return s.segment; });
 }
 /* A text as words: those of the lexicon first, the longest first; what stands between them as the language cuts it. */
 function wordsOf(text) {
  var words = [], rest = "", k = 0, length, word, single = "";
  function flush() {
   if (single.length > 1) words.push({ text: single, groups: [] });
   single = "";
  }
  function between() {
   if (!rest) return;
   cut(rest).forEach(function (one) {
    if (START.ignored.has(one)) { flush(); return; }
    // Characters that the language knows no word for are one word for us.
    if (one.length === 1 && HAN.test(one)) { single += one; return; }
    flush();
    words.push({ text: one, groups: [] });
   });
   flush();
   rest = "";
  }
  while (k < text.length) {
   for (length = Math.min(START.longest, text.length - k); length > 1; length--) {
    word = text.substr(k, length);
    if (START.lexicon.has(word) || START.ignored.has(word)) break;
   }
   if (length > 1) {
    between();
    if (!START.ignored.has(word)) words.push({ text: word, groups: START.lexicon.get(word) });
    else words.dropped = true;
    k += length;
   } else rest += text[k++];
  }
  between();
  START.patterns.forEach(function (pattern) {
   var from = 0, all = pattern[0].every(function (part) { var at = text.indexOf(part, from); from = at + part.length; return at >= 0; });
   if (all && !words.some(function (w) { return w.groups.indexOf(pattern[1]) >= 0; })) words.push({ text: "", groups: [pattern[1]] });
  });
  return words;
 }
 function groupTerm(group) { return "S" + START.synonyms[group][0]; }

 function aborted(options) {
  if (!options.signal || !options.signal.aborted) return;
  var error = new Error("search: aborted");
  error.name = "AbortError";
  throw error;
 }

 /* Scores of documents for words: the rarer a word and the better its place, the more it counts. */
 var MOST_WORDS = 8, WORDS_COST = 4000;
 function rankWords(words, today, via) {
  var asked = words.slice(0, MOST_WORDS);
  return Promise.all(asked.map(function (word) { return priceOf(word.text); })).then(function (prices) {
   var left = WORDS_COST, order = asked.map(function (_, k) { return k; }).sort(function (a, b) {
    return !!asked[b].groups.length - !!asked[a].groups.length || prices[a].count - prices[b].count || a - b;
   }), chosen = order.filter(function (k, rank) { return rank < 2 || (left -= prices[k].cost + 1) >= 0; });
   // What nearly every document has tells least and costs most.
   asked = chosen.sort(function (a, b) { return a - b; }).map(function (k) { return asked[k]; });
   return Promise.all(asked.map(function (word) {
    return Promise.all([having(word.text)].concat(word.groups.map(function (g) { return lookUp(groupTerm(g)); })));
   }));
  }).then(function (answers) {
   var scores = new Map(), all = START.numbers.length, most = 0, ranked = [];
   function add(doc, score, counted) {
    var s = scores.get(doc) || { score: 0, words: 0 };
    s.score += score;
    s.words += counted;
    scores.set(doc, s);
   }
   answers.forEach(function (answer, n) {
    var own = new Map(), word = asked[n], weight;
    answer.slice(1).forEach(function (list) {
     list.docs.forEach(function (doc, k) { own.set(doc, Math.max(own.get(doc) || 0, [0, 0.6, 1.4, 2.4][list.fields[k]])); });
    });
    answer[0].forEach(function (how, doc) { own.set(doc, Math.max(own.get(doc) || 0, [0, 1 + Math.min(how.times, 6) / 20, 1.8, 3][how.field])); });
    word.found = own.size;
    weight = Math.log(1 + all / (1 + own.size)) * (word.groups.length ? 1.6 : word.part ? 0.4 : Math.min(1.5, 0.6 + word.text.length / 5));
    own.forEach(function (value, doc) { add(doc, weight * value, word.part ? 0 : 1); });
    word.groups.forEach(function (g) {
     START.best[g].forEach(function (doc, rank) { add(doc, weight * (3 - rank / 2), own.has(doc) ? 0 : 1); });
    });
   });
   scores.forEach(function (s, number) {
    var place = START.place.get(number), late, score;
    if (place === undefined) { ranked.stale = true; return; }
    late = standing(place, today);
    score = s.score * (0.5 + s.words / (2 * asked.length)) * weightAt(place) * [1, 0.6, 0.1][late] * (1 + 0.05 * recency(place, today));
    most = Math.max(most, score);
    ranked.push({ number: number, place: place, via: via, late: late === 2 ? 1 : 0, score: score });
   });
   var left = ranked.filter(function (one) { return one.score >= most * 0.25; }).sort(inOrder);
   left.stale = ranked.stale;
   return left;
  });
 }
 /* The same; where a word is nowhere, pairs of characters across words are tried as well. */
 function rankLoosely(words, asked, today, via) {
  return rankWords(words, today, via).then(function (ranked) {
   var missing = words.filter(function (w) { return w.text && !w.found && !w.part; }), seen = {}, more = [];
   if (!missing.length) return ranked;
   (asked.match(/[\u3400-\u9fff]{2,}/g) || []).forEach(function (run) {
    for (var k = 0; k + 1 < run.length; k++) {
     var pair = run.substr(k, 2), inside = words.some(function (w) { return w.found && w.text.indexOf(pair) >= 0; });
     if (!seen[pair] && !inside && !START.ignored.has(pair)) { seen[pair] = true; more.push({ text: pair, groups: [], part: true }); }
    }
   });
   var left = words.filter(function (w) { return w.found; });
   return more.length ? rankWords(left.concat(more), today, via) : ranked;
  });
 }

 function query(text, options) {
  options = options || {};
  return open().then(function () { return answer(String(text).slice(0, 200), options); }).then(function (result) {
   if (!result.stale) return result;
   return reopen().then(function () { return answer(String(text).slice(0, 200), options); });
  });
 }
 function answer(text, options) {
  var asked = normal(text), today = todayOf(options), result = {
   query: text, normalised: asked, total: 0, exact: true, phrases: 0, hits: [], facets: { kind: {}, topic: {}, year: {}, state: {} },
   corrected: null, words: [], via: "phrase"
  };
  if (!asked) return Promise.resolve(result);
  var limit = options.limit === undefined ? 10 : options.limit, wanted = (options.offset || 0) + limit;
  function finish(ranked, needles, check) {
   aborted(options);
   var sifted = sift(ranked, options, today);
   return show(sifted.left, wanted, check, needles, options).then(function (shown) {
    aborted(options);
    result.facets = sifted.facets;
    result.total = sifted.left.length - shown.dropped;
    result.exact = shown.sure || (check ? Array.from(check).length < 3 && NO_START.indexOf(check[0]) < 0 : false);
    result.stale = ranked.stale;
    result.phrases = ranked.filter(function (one) { return one.via === "phrase"; }).length ? Math.min(result.total, sifted.left.filter(function (one) { return one.via === "phrase"; }).length - shown.dropped) : 0;
    result.hits = shown.list.slice(options.offset || 0, wanted).map(function (one) { return hit(one, needles, today); });
    return result;
   });
  }
  return having(asked).then(function (found) {
   aborted(options);
   return confirmed(rankPhrase(found, today, "phrase"), asked, options);
  }).then(function (ranked) {
   var words = wordsOf(asked), rest;
   result.words = words.map(function (w) { return w.text; }).filter(Boolean);
   if (ranked.length >= 3 || options.exact) return finish(ranked, [asked], asked);
   if (ranked.length) {
    // The whole text is somewhere, but hardly: what its words find comes after it.
    if (words.length < 2 && !words.some(function (w) { return w.groups.length; })) return finish(ranked, [asked], asked);
    return rankWords(words, today, "words").then(function (akin) {
     return finish(joined(ranked, akin), needlesOf(words).concat([asked]), asked);
    });
   }
   return otherwise(asked, words, today, options, result).then(function (other) {
    if (other.hits) return other;
    rest = other.ranked.length ? other : { ranked: help("nothing", today), needles: result.words, via: "help" };
    result.via = rest.via;
    return finish(rest.ranked, rest.needles, "");
   });
  });
 }
 /* Without those candidates that do not have the text after all, where there are so few that it is worth a look. */
 function confirmed(ranked, text, options) {
  if (!ranked.length || ranked.length > 3 || Array.from(text).length < 3) return Promise.resolve(ranked);
  return Promise.all(ranked.map(function (one) { return whole(one.number); })).then(function (docs) {
   aborted(options);
   var left = ranked.filter(function (one, k) { return docs[k] && fieldOf(docs[k], text) !== 0; });
   left.stale = ranked.stale;
   return left;
  });
 }
 function joined(first, second) {
  var seen = new Set(first.map(function (one) { return one.number; })), all;
  all = first.concat(second.filter(function (one) { return !seen.has(one.number); }));
  all.stale = first.stale || second.stale;
  return all;
 }
 function help(name, today) {
  return START.help[name].map(function (number, k) {
   return { number: number, place: START.place.get(number), via: "help", late: 0, score: 1 - k / 10 };
  });
 }
 var LINK = /(?:https?:|www\.)|(?:^|[^a-z0-9.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[^a-z]|$)/, DIGITS = /\+?\d[\d ()-]{4,}\d/;
 /* Without the whole text anywhere: a number or a link, pinyin, one wrong character, words. */
 function otherwise(asked, words, today, options, result) {
  var number = DIGITS.exec(asked), link = LINK.exec(asked), left, digits;
  if (link || number) {
   left = asked.replace(/[!-~]+/g, " ").trim();
   digits = number && !link ? number[0].replace(/\D/g, "") : "";
   return (digits && digits !== asked ? having(digits) : Promise.resolve(new Map())).then(function (found) {
    if (found.size) return { ranked: rankPhrase(found, today, "words"), needles: [digits], via: "words" };
    var own = left ? wordsOf(left) : [];
    return (own.length ? rankWords(own, today, "words") : Promise.resolve([])).then(function (ranked) {
     return { ranked: joined(help(link ? "links" : "numbers", today), ranked), needles: needlesOf(own), via: "help" };
    });
   });
  }
  if (/^[a-z' ]+$/.test(asked) && asked.length > 1) {
   return spoken(asked, today).then(function (found) { return found.ranked.length ? found : plainly(); });
  }
  function plainly() {
   if (!words.length) return { ranked: [], needles: [], via: "words" };
   return rankLoosely(words, asked, today, "words").then(function (ranked) {
    var synonym = words.some(function (w) { return w.groups.length; }), via = words.dropped ? "question" : synonym ? "synonym" : "words";
    var found = { ranked: ranked, needles: needlesOf(words), via: via };
    // Every word is known: nothing was mistyped.
    var unknown = words.filter(function (w) { return w.text && !w.found; }).map(function (w) { return w.text; });
    if (options.corrected || (ranked.length && !unknown.length)) return found;
    return corrected(asked, unknown, !synonym, today, options).then(function (other) {
     if (!other) return found;
     return answer(other, Object.assign({}, options, { corrected: true })).then(function (again) {
      again.query = result.query;
      again.normalised = asked;
      again.corrected = other;
      again.via = "correction";
      return again;
     });
    });
   });
  }
  return Promise.resolve(plainly());
 }
 function needlesOf(words) {
  var all = [];
  words.forEach(function (w) {
   if (w.text) all.push(w.text);
   w.groups.forEach(function (g) { all = all.concat(START.synonyms[g].filter(function (word) { return word.indexOf("...") < 0; })); });
  });
  return all;
 }

 // Readings.

 var SYLLABLE = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)/;
 /* What is said how: { said: pinyin of the words of the lexicon, of: character → syllable }. Loaded when it is first needed. */
 function readings() {
  return fetchOnce("p", "said", "search/said.js").then(function (file) {
   if (!file.of) {
    file.of = new Map();
    common(file.common, file.of);
    file.chars.split(" ").filter(Boolean).forEach(function (one) {
     var syllable = /^[a-z]+/.exec(one)[0];
     Array.from(one.slice(syllable.length)).forEach(function (c) { file.of.set(c, syllable.toUpperCase()); });
    });
   }
   return file;
  });
 }
 /* The usual characters in the order of GB 2312, by runs that sound the same. */
 function common(runs, of) {
  var bytes = [], row, cell, chars;
  for (row = 0xb0; row < 0xd8; row++) for (cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
  try { chars = Array.from(new TextDecoder("gb2312").decode(new Uint8Array(bytes))); } catch (e) { return; }
  cell = 0;
  runs.split(" ").forEach(function (run) {
   var syllable = /^[a-z]+/.exec(run)[0], count = +run.slice(syllable.length);
   while (count--) of.set(chars[cell++], syllable.toUpperCase());
  });
 }
 /* Ways to cut letters into syllables, the longest syllables first. */
 function syllables(letters) {
  var ways = [];
  (function cutUp(rest, done) {
   if (ways.length > 5 || done.length > 24) return;
   if (!rest) { ways.push(done); return; }
   var longest = SYLLABLE.exec(rest), n;
   if (!longest) return;
   for (n = longest[0].length; n > 0; n--) {
    var one = SYLLABLE.exec(rest.slice(0, n));
    if (one && one[0].length === n) cutUp(rest.slice(n), done.concat([rest.slice(0, n).toUpperCase()]));
   }
  })(letters, []);
  return ways;
 }
 function allOf(terms) { return Promise.all(terms.map(function (t) { return lookUp(t); })).then(together); }
 /* Titles and topics that are read as these syllables, or begin with these letters. */
 function readAs(letters) {
  var ways = syllables(letters).filter(function (w) { return w.length > 1; }).map(function (way) {
   return way.slice(1).map(function (one, k) { return way[k] + " " + one; });
  });
  var initials = [];
  if (letters.length > 1 && letters.length < 9) {
   for (var k = 0; k + 1 < letters.length; k++) initials.push("I" + letters.substr(k, 2).toUpperCase());
   // zh, ch, sh may stand for one character.
   var short = letters.replace(/([zcs])h/g, "$1");
   if (short !== letters && short.length > 1) ways.push(Array.from(short.slice(1)).map(function (c, n) { return "I" + short[n].toUpperCase() + c.toUpperCase(); }));
   ways.push(initials);
  }
  return ways.reduce(function (before, way) {
   return before.then(function (found) { return found.size ? found : allOf(way); });
  }, Promise.resolve(new Map()));
 }
 function spoken(asked, today) {
  return readings().then(function (file) {
   var pieces = asked.split(/[' ]+/).filter(Boolean), joint = pieces.join(""), words = [], all = [];
   if (pieces.some(function (p) { return p.length < 3; })) pieces = [joint];
   START.synonyms.forEach(function (group, g) { group.forEach(function (word, n) { all.push([word, g, file.said[g][n]]); }); });
   file.topics.forEach(function (said, n) { all.push([normal(START.topics[n][1]), -1, said]); });
   function known(letters) {
    var hit = null;
    all.forEach(function (one) {
     var full = one[2].replace(/ /g, ""), first = one[2].replace(/(\w)\w* ?/g, "$1"), soft = one[2].replace(/([zcs]h|\w)\w* ?/g, "$1");
     if (full === letters || (letters.length > 2 && (first === letters || soft === letters)) || (letters.length > 4 && full.indexOf(letters) === 0)) {
      if (!hit || one[0].length < hit[0].length) hit = one;
     }
    });
    return hit;
   }
   [joint].concat(pieces.length > 1 ? pieces : []).forEach(function (piece, n) {
    var hit = words.length && n === 0 ? null : known(piece);
    if (hit) words.push({ text: hit[0], groups: hit[1] < 0 ? [] : [hit[1]] });
   });
   return Promise.all(pieces.map(readAs)).then(function (founds) {
    var found = founds.reduce(function (a, b) { return a.size ? a : b; }), titled = rankPhrase(found, today, "pinyin");
    if (!words.length) return { ranked: titled, needles: [], via: "pinyin" };
    return rankWords(words, today, "pinyin").then(function (ranked) {
     return { ranked: joined(ranked, titled), needles: needlesOf(words), via: "pinyin" };
    });
   });
  }, function () { return { ranked: [], needles: [], via: "pinyin" }; });
 }

 // One wrong character.

 /* The text with one character, or one word that sounds the same, put right; null if nothing is near.
    unknown: its words that are nowhere; only what touches one of them is put right. */
 function corrected(asked, unknown, anywhere, today, options) {
  if (!/[\u3400-\u9fff]{2}/.test(asked) || asked.length > 16) return Promise.resolve(null);
  // In a long question one character more or less is enough to go by.
  return (asked.length > 8 ? Promise.resolve({ of: new Map() }) : readings()).then(function (file) {
   var best = null, spoiled = unknown.map(function (word) { var from = asked.indexOf(word); return [from, from + word.length]; });
   function touches(from, to) { return !spoiled.length || spoiled.some(function (one) { return from < one[1] && to > one[0]; }); }
   function say(text) { return Array.from(text).map(function (c) { return file.of.get(c) || c; }).join(" "); }
   START.lexicon.forEach(function (_, word) {
    var size = word.length, k, n, wrong, piece, worth;
    for (k = 0; k + size <= asked.length; k++) {
     piece = asked.substr(k, size);
     if (piece === word || size < 2 || !touches(k, k + size)) continue;
     for (wrong = 0, n = 0; n < size; n++) if (piece[n] !== word[n]) wrong++;
     // Two characters alone must sound the same and be all there is.
     worth = say(piece) === say(word) ? (size > 2 || asked.length === 2 ? size + 0.5 : 0) : wrong === 1 && size > 2 ? size : 0;
     if (worth && (!best || worth > best.worth)) best = { worth: worth, text: asked.slice(0, k) + word + asked.slice(k + size) };
    }
   });
   return best && best.text;
  }, function () { return null; }).then(function (text) {
   aborted(options);
   return text || (anywhere ? anyCharacter(asked, today, options) : null);
  });
 }
 /* Leaves out each character in turn and looks for what has all the rest around it. */
 function anyCharacter(asked, today, options) {
  var chars = Array.from(asked), tries = [];
  if (chars.length < 3 || chars.length > 10) return Promise.resolve(null);
  chars.forEach(function (_, k) {
   var left = chars.slice(0, k).join(""), right = chars.slice(k + 1).join("");
   if (Math.max(left.length, right.length) < 2) return;
   tries.push(Promise.all([left, right].filter(function (part) { return Array.from(part).length > 1; }).map(having)).then(function (found) {
    var both = found[0];
    if (found[1]) both.forEach(function (_, doc) { if (!found[1].has(doc)) both.delete(doc); });
    return { left: left, right: right, ranked: rankPhrase(both, today, "phrase") };
   }));
  });
  return Promise.all(tries).then(function (all) {
   aborted(options);
   all = all.filter(function (one) { return one.ranked.length; }).sort(function (a, b) { return Math.min(b.left.length, b.right.length) - Math.min(a.left.length, a.right.length) || a.ranked.length - b.ranked.length; });
   return all.slice(0, 3).reduce(function (before, one) {
    return before.then(function (text) {
     if (text) return text;
     return Promise.all(one.ranked.slice(0, 3).map(function (r) { return whole(r.number); })).then(function (docs) {
      var pattern = new RegExp(escaped(one.left) + "[^\\n]{0,2}?" + escaped(one.right)), hit = null;
      docs.forEach(function (doc) { if (doc && !hit) hit = pattern.exec(doc.parts.join(BREAK)); });
      // At the edge, a character of the text takes the place of the wrong one.
      return hit && hit[0] !== asked ? hit[0] : null;
     });
    });
   }, Promise.resolve(null));
  });
 }
 function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }

 // Hits.

 /* The first `wanted` of a ranking that are what they seem to be. Where there are few, all are looked into; of many, the
    first ones that need it: the rest is as good as what the index knows. */
 var BODIES = 2, FEW = 4, SMALL = 500, MANY = 40;
 function show(ranked, wanted, check, needles, options) {
  var list = [], dropped = 0, next = 0, tried = 0, unsure = 0;
  // The index knows what follows a pair, but nothing of what follows a mark: what stands behind one has to be looked at.
  var bodies = options.verify || (check && (ranked.length <= (START.numbers.length <= SMALL ? MANY : FEW) || Array.from(check).slice(0, -1).some(function (c) { return NO_START.indexOf(c) >= 0; }))) ? 1e9 : check || START.numbers.length <= SMALL ? BODIES : 0;
  function more() {
   if (list.length >= wanted || next >= ranked.length || tried > wanted + 60) {
    return Promise.resolve({ list: list, dropped: dropped, sure: next >= ranked.length && !unsure });
   }
   var batch = ranked.slice(next, next + wanted - list.length);
   next += batch.length;
   tried += batch.length;
   return Promise.all(batch.map(function (one) { return documentOf(one.number); })).then(function (docs) {
    aborted(options);
    return Promise.all(docs.map(function (doc, k) {
     var seen = doc && (check && batch[k].via === "phrase" ? fieldOf(doc, check) !== undefined : needles.some(function (n) { return n && doc.parts[0].concat(doc.parts[1]).indexOf(n) >= 0; }));
     if (!doc || seen || bodies-- <= 0) return doc;
     return whole(batch[k].number);
    }));
   }).then(function (docs) {
    aborted(options);
    batch.forEach(function (one, k) {
     var field = docs[k] && check && one.via === "phrase" ? fieldOf(docs[k], check) : 1;
     if (field === undefined) unsure++;
     if (!docs[k] || field === 0) dropped++;
     else { one.doc = docs[k]; list.push(one); }
    });
    return more();
   });
  }
  return more();
 }
 /* Where needles stand in a text: [from, to] of the original, in order, without overlaps. */
 function spans(text, needles) {
  var form = normalised(text), found = [], out = [], places = null;
  needles.forEach(function (needle) {
   if (!needle) return;
   var at = form.text.indexOf(needle), k;
   for (; at >= 0; at = form.text.indexOf(needle, at + needle.length)) {
    // From UTF-16 units to characters.
    if (!places) {
     places = [];
     form.chars.forEach(function (c, n) { for (k = 0; k < c.length; k++) places.push(n); });
     places.push(form.chars.length);
    }
    k = form.where[places[at + needle.length - 1]];
    found.push([form.where[places[at]], k + (text.codePointAt(k) > 0xffff ? 2 : 1), needle]);
   }
  });
  found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  found.forEach(function (one) {
   var last = out[out.length - 1];
   if (!last || one[0] >= last[1]) out.push(one);
  });
  return out;
 }
 function parts(text, marked, from, to) {
  var out = [], at = from;
  marked.forEach(function (one) {
   if (one[0] < from || one[1] > to) return;
   if (one[0] > at) out.push([text.slice(at, one[0]), false]);
   out.push([text.slice(one[0], one[1]), true]);
   at = one[1];
  });
  if (at < to) out.push([text.slice(at, to), false]);
  return out;
 }
 var WINDOW = 84;
 function excerpt(doc, needles) {
  var lead = [doc.summary].concat(doc.plain), best = null, k, marked, text;
  for (k = 0; k < lead.length && !best; k++) {
   marked = spans(lead[k], needles);
   if (marked.length) best = [lead[k], marked];
  }
  // One place in the body that has more of the question than the summary has.
  if (needles.length > 1 || !best) {
   text = (doc.body || "").replace(/\n/g, " ");
   marked = spans(text, needles);
   if (marked.length && (!best || distinct(marked) > distinct(best[1]) + 1)) best = [text, marked];
  }
  if (!best) return parts(doc.summary, [], 0, doc.summary.length);
  return windowed(best[0], best[1]);
 }
 function distinct(marked) { return new Set(marked.map(function (one) { return one[2]; })).size; }
 function windowed(text, marked) {
  var at = 0, most = 0, from, to, k, near;
  for (k = 0; k < marked.length; k++) {
   near = distinct(marked.filter(function (one) { return one[0] >= marked[k][0] && one[1] <= marked[k][0] + WINDOW - 20; }));
   if (near > most) { most = near; at = k; }
  }
  if (text.length <= WINDOW) return parts(text, marked, 0, text.length);
  from = Math.max(0, marked[at][0] - 20);
  // Start with a sentence if one starts near.
  k = Math.max.apply(null, ["。", "！", "？", "；", " "].map(function (c) { return text.lastIndexOf(c, marked[at][0] - 1); }));
  if (k >= from - 8 && k >= 0) from = k + 1;
  to = Math.min(text.length, from + WINDOW);
  marked.forEach(function (one) { if (one[0] < to && one[1] > to) to = one[1]; if (one[0] < from && one[1] > from) from = one[0]; });
  var out = parts(text, marked, from, to);
  if (from > 0) out.unshift(["…", false]);
  if (to < text.length) out.push(["…", false]);
  return out;
 }
 var SEVERITY = { c: "critical", h: "high", m: "moderate", n: "notice" };
 function hit(one, needles, today) {
  var doc = one.doc;
  return {
   id: doc.id, url: doc.url, title: doc.title, kind: doc.kind, kindName: doc.kindName, date: doc.date, starts: doc.starts, ends: doc.ends,
   state: stateOf(doc, today), severity: SEVERITY[doc.flags.replace(/[si]/g, "")] || "", sample: doc.flags.indexOf("s") >= 0, staff: doc.flags.indexOf("i") >= 0,
   topics: doc.topics.map(function (id) { return { id: id, name: names.topic[id] || id }; }), via: one.via,
   titleParts: parts(doc.title, spans(doc.title, needles), 0, doc.title.length), excerpt: excerpt(doc, needles)
  };
 }

 // Suggestions.

 function suggest(text, count, options) {
  options = options || {};
  count = count || 8;
  return open().then(function () {
   var asked = normal(text), out = [], today = todayOf(options), letters = asked.replace(/[' ]/g, ""), latin = /^[a-z]{2,}$/.test(letters);
   if (!asked) return out;
   function line(doc, needle) {
    return { id: doc.id, title: doc.title, url: doc.url, kind: doc.kind, kindName: doc.kindName, parts: parts(doc.title, spans(doc.title, [needle]), 0, doc.title.length) };
   }
   function topic(k) { var t = START.topics[k]; return line({ id: t[0], title: t[1], url: "topics/" + t[0] + ".html", kind: "topic", kindName: "话题" }, asked); }
   return (latin ? readings().catch(function () { return null; }) : Promise.resolve(null)).then(function (file) {
    START.topics.forEach(function (one, k) {
     var said = file ? file.topics[k] : "";
     if (normal(one[1]).indexOf(asked) >= 0 || (said && (said.replace(/ /g, "").indexOf(letters) === 0 || said.replace(/(\w)\w* ?/g, "$1").indexOf(letters) === 0))) out.push(topic(k));
    });
    out = out.slice(0, 2);
    return having(asked);
   }).then(function (found) {
    found.forEach(function (how, doc) { if (how.field < 3) found.delete(doc); });
    return latin && !found.size ? readAs(letters) : found;
   }).then(function (found) {
    aborted(options);
    return show(rankPhrase(found, today, "phrase").slice(0, count * 2), count, "", [], options);
   }).then(function (shown) {
    shown.list.forEach(function (one) { if (latin || spans(one.doc.title, [asked]).length) out.push(line(one.doc, asked)); });
    return out.slice(0, count);
   });
  });
 }

 /* Loads what the first answer will need besides its own files. Never fails. */
 function warm() { return open().then(words).then(function () {}, function () {}); }

 var api = { open: open, warm: warm, query: query, suggest: suggest, put: put, names: names, normal: normal, load: insert, inside: function () { return START; } };
 root.hubSearch = api;
})(typeof window === "undefined" ? globalThis : window);
