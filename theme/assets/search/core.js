/* Finds in the index of this site: no server, no library, from a folder as well as from a host. No interface: that is ui.js.

   hubSearch.open(base) → Promise
     base: the way from this page to the site's root ("" or "../../"). Loads what every question needs; may be called again.
   hubSearch.query(text, options) → Promise of
     { query, normalised, total, exact, phrases, hits, facets, corrected, words, via }
     options: kind, topic, year (number or text), state ("current", "past", "withdrawn"), limit (10), offset (0),
              today ("2026-11-24"; the reader's day by default), signal (an AbortSignal: its question rejects with an AbortError),
              exact (true: only what has the whole text, nothing akin).
     total: how many hits there are; exact is false where it was estimated (say 约).
     phrases: how many of them have the whole text as it stands; these come first.
     hits: { id, url (from the root), title, kind, kindName, date, starts, ends, state, severity, sample, topics, via,
             titleParts, excerpt } with parts as [[text, isMatch], …];
             state: "", "upcoming", "running", "past", "expired", "superseded", "withdrawn".
     facets: { kind: { alert: 3 }, topic: {…}, year: {…}, state: {…} }, each as if its own filter were not set.
     corrected: what was searched for instead of a text with one wrong character, or null.
     words: what the question was taken apart into.
     via: phrase, words, synonym, pinyin, correction, question; help where nothing was found and help is given instead.
   hubSearch.suggest(text, n, options) → Promise of [{ title, url, kind, kindName, id, parts }]: topics, then titles; letters are
     read as pinyin, in full or by initials.
   hubSearch.names → { kind: {alert: "风险提示"}, topic: {…} } once open.

   Outside a browser, set hubSearch.load(path) → Promise first: it has to run the file at that path of the site. */
(function (root) {
 "use strict";
 var LETTERS = "", n;
 for (n = 0x23; n < 0x7f; n++) if (n !== 0x5c) LETTERS += String.fromCharCode(n);
 LETTERS += "!";
 var VALUE = new Int8Array(128), BASE = 92, HASHES = 45, WIDE = HASHES * 92, MARK = 91;
 for (n = 0; n < BASE; n++) VALUE[LETTERS.charCodeAt(n)] = n;
 var HAN = /[\u3400-\u9fff\uf900-\ufaff\u3005\u3007]/, BREAK = "\n";
 var START = null, opening = null, base = "", kept = {}, parcels = {}, names = { kind: {}, topic: {} };

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
 function fetchOnce(kind, name, path) {
  var at = kind + name;
  if (!kept[at]) {
   kept[at] = api.load(path).then(function () {
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

 function readAll(text) {
  var out = [], at = 0, v, k, count, end = text.length;
  while (at < end) {
   v = VALUE[text.charCodeAt(at++)];
   if (v >= 80) {
    if (v < 90) v = 80 + (v - 80) * BASE + VALUE[text.charCodeAt(at++)];
    else {
     count = v === 90 ? 4 : 8;
     v = 0;
     for (k = 0; k < count; k++) v = v * BASE + VALUE[text.charCodeAt(at++)];
    }
   }
   out.push(v);
  }
  return out;
 }
 function rising(text) {
  var list = readAll(text), k;
  for (k = 1; k < list.length; k++) list[k] += list[k - 1];
  return list;
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
   opening = fetchOnce("s", "start", "search/start.js").then(begin);
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
  file.numbers = rising(file.docs);
  count = file.numbers.length;
  file.place = new Map();
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
  file.synonyms.forEach(function (words, group) {
   words.forEach(function (word) {
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
 /* A list of documents that have a term: { docs, weight, title, lead }; `next` keeps those in which that character follows. */
 function lookUp(term, next) {
  return termFile(term).then(function (flat) {
   var at = flat.table.get(term);
   if (at === undefined) return { docs: [], times: [], title: new Set(), lead: new Set() };
   var docs = rising(flat[at + 1]), after = flat[at + 2], times = [], out = [], k, i = 0, v, hit, count, narrow, wide, m;
   if (after) {
    narrow = next === undefined ? -1 : hashOf(next) % HASHES;
    wide = next === undefined ? -1 : hashOf(next) % WIDE;
    for (k = 0; k < docs.length; k++) {
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
     if (hit) { out.push(docs[k]); times.push(count); }
    }
    docs = out;
   } else times = docs.map(function () { return 1; });
   return { docs: docs, times: times, title: new Set(rising(flat[at + 3])), lead: new Set(rising(flat[at + 4])) };
  });
 }
 /* Documents that have a text, as far as the index tells: number → { field: 3 title, 2 lead, 1 body; times }. */
 function having(text) {
  var chars = Array.from(text), wanted = [], k;
  if (chars.length === 1) wanted.push(lookUp(text));
  for (k = 0; k + 1 < chars.length; k++) {
   // In a long text every other pair will do: each one knows what follows it.
   if (chars.length < 6 || k % 2 === 0 || k + 2 === chars.length) wanted.push(lookUp(chars[k] + chars[k + 1], chars[k + 2]));
  }
  return Promise.all(wanted).then(together);
 }
 function together(lists) {
  var found = new Map();
  lists.sort(function (a, b) { return a.docs.length - b.docs.length; });
  lists[0].docs.forEach(function (doc, k) {
   found.set(doc, { field: lists.every(function (l) { return l.title.has(doc); }) ? 3 : lists.every(function (l) { return l.lead.has(doc); }) ? 2 : 1, times: lists[0].times[k] });
  });
  lists.slice(1).forEach(function (list) {
   var own = new Map(), k;
   for (k = 0; k < list.docs.length; k++) own.set(list.docs[k], list.times[k]);
   found.forEach(function (how, doc) {
    var times = own.get(doc);
    if (times === undefined) found.delete(doc);
    else if (times < how.times) how.times = times;
   });
  });
  return found;
 }

 // Documents.

 var dictionary = null;
 function group(number) {
  var name = Math.floor(number / Math.pow(2, START.group)).toString(16);
  dictionary = dictionary || fetchOnce("w", "words", "search/words.js").then(function (text) { return new TextEncoder().encode(text); });
  dictionary.catch(function () { dictionary = null; });
  return Promise.all([fetchOnce("d", name, "search/d/" + name + ".js"), dictionary]).then(function (both) {
   var file = both[0], lines;
   if (!file.docs) {
    file.docs = new Map();
    lines = new TextDecoder().decode(inflate(bytesOf(file[1]), both[1])).split("\n");
    file[0].forEach(function (one, k) { file.docs.set(one, record(JSON.parse(lines[k]))); });
   }
   return file.docs;
  });
 }
 function record(f) {
  return { id: f[0], url: f[1], title: f[2], kind: f[3], kindName: f[4], date: f[5], starts: f[6], ends: f[7], mark: f[8], flags: f[9], topics: f[10] ? f[10].split(" ") : [], summary: f[11], plain: f[12] ? f[12].split("\n") : [], body: f[13] };
 }
 /* The document of a number, or null if the site does not have it any more. */
 function documentOf(number) {
  return group(number).then(function (docs) { return docs.get(number) || null; }, function () { return null; });
 }
 function searched(doc) {
  if (!doc.parts) {
   var topics = doc.topics.map(function (id) { return names.topic[id] || ""; });
   doc.parts = [normal(doc.title), [doc.summary].concat(doc.plain, topics).map(normal).join(BREAK), normal(doc.body)];
  }
  return doc.parts;
 }
 function fieldOf(doc, text) {
  var parts = searched(doc);
  return parts[0].indexOf(text) >= 0 ? 3 : parts[1].indexOf(text) >= 0 ? 2 : parts[2].indexOf(text) >= 0 ? 1 : 0;
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
  return { kind: [kindAt(k)], topic: START.topicsOf[k].map(function (t) { return START.topics[t][0]; }), year: [yearAt(k)], state: [STANDINGS[standing(k, today)]] };
 }
 function sift(ranked, options, today) {
  var facets = { kind: {}, topic: {}, year: {}, state: {} }, fields = Object.keys(facets), left = [];
  var asked = fields.filter(function (f) { return options[f] !== undefined && options[f] !== null && options[f] !== ""; });
  ranked.forEach(function (one) {
   var own = traits(one.place, today), failed = asked.filter(function (f) { return own[f].indexOf(String(options[f])) < 0; });
   if (!failed.length) left.push(one);
   fields.forEach(function (f) {
    if (!failed.length || (failed.length === 1 && failed[0] === f)) own[f].forEach(function (v) { facets[f][v] = (facets[f][v] || 0) + 1; });
   });
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
 function rankWords(words, today, via) {
  var asked = words.slice(0, 10);
  return Promise.all(asked.map(function (word) {
   return Promise.all([having(word.text)].concat(word.groups.map(function (g) { return lookUp(groupTerm(g)); })));
  })).then(function (answers) {
   var scores = new Map(), all = START.numbers.length, most = 0;
   answers.forEach(function (answer, n) {
    var own = new Map(), weight;
    answer.slice(1).forEach(function (list) {
     list.docs.forEach(function (doc) { own.set(doc, Math.max(own.get(doc) || 0, list.title.has(doc) ? 2.4 : list.lead.has(doc) ? 1.4 : 0.7)); });
    });
    answer[0].forEach(function (how, doc) { own.set(doc, Math.max(own.get(doc) || 0, [0, 1 + Math.min(how.times, 6) / 20, 1.8, 3][how.field])); });
    asked[n].count = own.size;
    weight = Math.log(1 + all / (1 + own.size)) * Math.min(2, 0.6 + asked[n].text.length / 4);
    asked[n].weight = weight;
    own.forEach(function (value, doc) {
     var s = scores.get(doc) || { score: 0, words: 0 };
     s.score += weight * value;
     s.words++;
     scores.set(doc, s);
    });
    asked[n].groups.forEach(function (g) {
     START.best[g].forEach(function (doc, rank) {
      var s = scores.get(doc) || { score: 0, words: 1 };
      s.score += weight * (2 - rank / 4);
      scores.set(doc, s);
     });
    });
   });
   var ranked = [];
   scores.forEach(function (s, number) {
    var place = START.place.get(number), late;
    if (place === undefined) { ranked.stale = true; return; }
    late = standing(place, today);
    s = s.score * (0.5 + s.words / (2 * asked.length)) * weightAt(place) * [1, 0.6, 0.1][late] * (1 + 0.05 * recency(place, today));
    most = Math.max(most, s);
    ranked.push({ number: number, place: place, via: via, late: late === 2 ? 1 : 0, score: s });
   });
   ranked = ranked.filter(function (one) { return one.score >= most * 0.25 || one.late; });
   return ranked.sort(inOrder);
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
   return show(sifted.left, wanted, check, options).then(function (shown) {
    aborted(options);
    result.facets = sifted.facets;
    result.total = sifted.left.length - shown.dropped;
    result.exact = shown.all || !check || Array.from(check).length < 3;
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
   var words = wordsOf(asked);
   result.words = words.map(function (w) { return w.text; });
   if (ranked.length >= 3 || options.exact) return finish(ranked, [asked], asked);
   var own = START.lexicon.get(asked);
   if (ranked.length) {
    if (!own || !own.length) return finish(ranked, [asked], asked);
    return rankWords([{ text: asked, groups: own }], today, "synonym").then(function (akin) {
     return finish(joined(ranked, akin), START.synonyms[own[0]].concat([asked]), asked);
    });
   }
   return otherwise(asked, words, today, options, result).then(function (other) {
    if (other.ranked.length) {
     result.via = other.via;
     return finish(other.ranked, other.needles, other.check);
    }
    result.via = "help";
    return finish(help("nothing", today), result.words, "");
   });
  });
 }
 /* Without those candidates that do not have the text after all, where there are so few that it is worth a look. */
 function confirmed(ranked, text, options) {
  if (!ranked.length || ranked.length > 3 || Array.from(text).length < 3) return Promise.resolve(ranked);
  return Promise.all(ranked.map(function (one) { return documentOf(one.number); })).then(function (docs) {
   aborted(options);
   var left = ranked.filter(function (one, k) { return docs[k] && fieldOf(docs[k], text); });
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
 /* Without the whole text anywhere: pinyin, words, one wrong character. */
 function otherwise(asked, words, today, options, result) {
  var nothing = { ranked: [], needles: [], check: "" };
  if (!words.length) return Promise.resolve(nothing);
  return rankWords(words, today, "words").then(function (ranked) {
   var synonym = words.some(function (w) { return w.groups.length; });
   return { ranked: ranked, needles: needles(words), check: "", via: words.dropped ? "question" : synonym ? "synonym" : "words" };
  });
 }
 function needles(words) {
  var all = [];
  words.forEach(function (w) {
   all.push(w.text);
   w.groups.forEach(function (g) { all = all.concat(START.synonyms[g]); });
  });
  return all;
 }

 // Hits.

 /* The first `wanted` of a ranking that are what they seem to be. */
 function show(ranked, wanted, check, options) {
  var list = [], dropped = 0, at = 0, tried = 0;
  function more() {
   if (list.length >= wanted || at >= ranked.length || tried > wanted + 60) {
    return Promise.resolve({ list: list, dropped: dropped, all: at >= ranked.length });
   }
   var batch = ranked.slice(at, at + wanted - list.length);
   at += batch.length;
   tried += batch.length;
   return Promise.all(batch.map(function (one) { return documentOf(one.number); })).then(function (docs) {
    aborted(options);
    batch.forEach(function (one, k) {
     if (!docs[k] || (check && one.via === "phrase" && !fieldOf(docs[k], check))) dropped++;
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
   text = doc.body.replace(/\n/g, " ");
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
   state: stateOf(doc, today), severity: SEVERITY[doc.flags.replace("s", "")] || "", sample: doc.flags.indexOf("s") >= 0,
   topics: doc.topics.map(function (id) { return { id: id, name: names.topic[id] || id }; }), via: one.via,
   titleParts: parts(doc.title, spans(doc.title, needles), 0, doc.title.length), excerpt: excerpt(doc, needles)
  };
 }

 // Suggestions.

 function suggest(text, count, options) {
  options = options || {};
  return open().then(function () {
   var asked = normal(text), out = [], today = todayOf(options);
   if (!asked) return out;
   START.topics.forEach(function (one) {
    if (normal(one[1]).indexOf(asked) >= 0) out.push({ id: one[0], title: one[1], url: "topics/" + one[0] + ".html", kind: "topic", kindName: "话题", parts: parts(one[1], spans(one[1], [asked]), 0, one[1].length) });
   });
   out = out.slice(0, 2);
   return having(asked).then(function (found) {
    found.forEach(function (how, doc) { if (how.field < 3) found.delete(doc); });
    var ranked = rankPhrase(found, today, "phrase").slice(0, count);
    return show(ranked, count, "", options);
   }).then(function (shown) {
    shown.list.forEach(function (one) {
     var doc = one.doc, marked = spans(doc.title, [asked]);
     if (marked.length) out.push({ id: doc.id, title: doc.title, url: doc.url, kind: doc.kind, kindName: doc.kindName, parts: parts(doc.title, marked, 0, doc.title.length) });
    });
    return out.slice(0, count);
   });
  });
 }

 var api = { open: open, query: query, suggest: suggest, put: put, names: names, normal: normal, load: insert };
 root.hubSearch = api;
})(typeof window === "undefined" ? globalThis : window);
