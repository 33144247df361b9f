/* The first hits of a ranking, looked into where that is needed. */
/* How many bodies may be looked into for one step of an answer that wants `most`. On a large site one costs as much as ten hits. */
var SMALL = 500, ALL = 100, MANY = 40;
function bodiesFor(most) { return START.numbers.length <= SMALL ? most : 1; }
/* The first `wanted` of a ranking that are what they seem to be. Who wants hundreds has all looked into; for the first ten hits,
   it is done where that costs little: the rest is as good as what the index knows. It knows what follows a pair, but nothing of
   what follows a mark. */
function show(ranked, wanted, check, needles, options) {
 var list = [], dropped = 0, lost = false, next = 0, tried = 0, unsure = 0;
 var marks = check && Array.from(check).slice(0, -1).some(function (c) { return NO_START.indexOf(c) >= 0; });
 var bodies = options.verify || (check && wanted > ALL) ? 1e9 : bodiesFor(check && (marks || ranked.length <= MANY) ? MANY : 2);
 if (!check && START.numbers.length > SMALL) bodies = 0;
 function more() {
  if (list.length >= wanted || next >= ranked.length || tried > wanted + 60) {
   return Promise.resolve({ list: list, dropped: dropped, lost: lost, sure: next >= ranked.length && !unsure });
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
    if (!docs[k]) lost = true;
    if (!docs[k] || field === 0) dropped++;
    else { one.doc = docs[k]; list.push(one); }
   });
   return more();
  });
 }
 return more();
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
