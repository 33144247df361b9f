/* What a document shows, and its text, loaded only for hits (plugins/pubhub/search/records.py packs them). */
var dictionary = null;
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
  var file = both[0], first = number - number % size;
  if (!file.docs) {
   file.docs = new Map();
   new TextDecoder().decode(inflate(bytesOf(file[1]), both[1])).split("\n").forEach(function (line, k) {
    var one = first + VALUE[file[0].charCodeAt(k)];
    file.docs.set(one, read(JSON.parse(line), one));
   });
  }
  return file.docs.get(number) || null;
 });
}
function record(f, number) {
 var place = START.place.get(number), doc;
 if (place === undefined) return null;
 doc = {
  id: f[0], url: f[1], title: f[2], kind: kindAt(place), kindName: f[3], date: isoOf(START.days[place]), starts: f[4], ends: START.last[place] ? isoOf(START.last[place]) : "",
  mark: ["", "superseded", "withdrawn"][VALUE[START.mark.charCodeAt(place)]], flags: f[5], topics: START.topicsOf[place].map(function (t) { return START.topics[t][0]; }),
  summary: f[6], plain: f[7] ? f[7].split("\n") : [], body: null, parts: []
 };
 doc.parts = [normal(doc.title), [doc.summary].concat(doc.plain, doc.topics.map(function (id) { return names.topic[id]; })).map(normal).join(BREAK)];
 return doc;
}
/* The document of a number without its body, or null if its file does not have it (any more). */
function documentOf(number) { return unpacked("d", START.records, number, record); }
/* The same with its body. */
function whole(number) {
 return documentOf(number).then(function (doc) {
  if (!doc || doc.body !== null) return doc;
  return unpacked("b", START.bodies, number, String).then(function (body) {
   doc.body = body || "";
   doc.parts[2] = normal(doc.body);
   return doc;
  });
 });
}
/* 3 title, 2 lead, 1 body, 0 nowhere; undefined as long as the body would have to be asked. */
function fieldOf(doc, text) {
 if (doc.parts[0].indexOf(text) >= 0) return 3;
 if (doc.parts[1].indexOf(text) >= 0) return 2;
 return doc.body === null ? undefined : doc.parts[2].indexOf(text) >= 0 ? 1 : 0;
}
