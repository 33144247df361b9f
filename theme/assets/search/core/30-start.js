/* What is known of all documents before the first question (plugins/pubhub/search/start.py writes it). */
var FORMAT = 2, START = null, opening = null, names = { kind: {}, topic: {} };
function open(where) {
 if (where !== undefined) base = where;
 if (!opening) {
  opening = Promise.all([fetchOnce("s", "start", "search/start.js"), words()]).then(function (both) { return begin(both[0]); });
  opening.catch(function () { opening = null; });
 }
 return opening;
}
function named(name) {
 var error = new Error("search: " + name);
 error.name = name;
 return error;
}
function begin(file) {
 var count, k, n, day = 0, days, ends, lasts;
 if (file.format !== FORMAT) throw named("OutdatedError");
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
 lasts = file.kinds.map(function (one) { return one[2]; });
 file.days = new Int32Array(count);
 file.last = new Int32Array(count);
 file.topicsOf = [];
 for (k = 0, n = 0; k < count; k++) {
  file.place.set(file.numbers[k], k);
  file.days[k] = day += zigzag(days[k]);
  if (lasts[VALUE[file.kind.charCodeAt(k)]] && ends[n++]) file.last[k] = day + zigzag(ends[n - 1] - 1);
  file.topicsOf.push([]);
 }
 file.topic.forEach(function (text, topic) { readSet(text).forEach(function (place) { file.topicsOf[place].push(topic); }); });
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
/* A page that stands open while the site is published again: everything is asked for anew, once the new start is there. */
function reopen() {
 // Asked for by another address, since a browser may still have what was there before.
 var now = "?" + Date.now();
 return api.load("search/start.js" + now).then(function () {
  var file = parcels.sstart;
  delete parcels.sstart;
  edition = now;
  kept = {};
  dictionary = null;
  opening = words().then(function () { return begin(file); });
  opening.catch(function () { opening = null; });
  return opening;
 });
}
/* Does some work once everything is open. Where a file is missing, or does not know what it should, the site may have been
   published again meanwhile: then once more, from a new start. Rejects if that does not help either; an answer is never made
   of what happens to be there. */
function steadily(work) {
 return open().then(work).then(function (result) { return result.stale ? once() : result; }, function (error) {
  if (error.name === "AbortError") throw error;
  return once();
 });
 function once() {
  return reopen().then(work).then(function (result) {
   if (result.stale && !result.total) throw named("LostError");
   return result;
  });
 }
}
