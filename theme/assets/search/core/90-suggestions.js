/* What is offered while one types. */
function suggest(text, count, options) {
 options = options || {};
 count = count || 8;
 return steadily(function () {
  var asked = normal(text), out = [], today = todayOf(options), letters = asked.replace(/[' ]/g, ""), latin = /^[a-z]{2,}$/.test(letters);
  if (!asked) return out;
  function line(doc, needle) {
   return { id: doc.id, title: doc.title, url: doc.url, kind: doc.kind, kindName: doc.kindName, parts: parts(doc.title, spans(doc.title, [needle]), 0, doc.title.length) };
  }
  function topic(k) { var t = START.topics[k]; return line({ id: t[0], title: t[1], url: "topics/" + t[0] + ".html", kind: "topic", kindName: "话题" }, asked); }
  return (latin ? readings() : Promise.resolve(null)).then(function (file) {
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
   out = out.slice(0, count);
   out.total = out.length;
   out.stale = shown.lost;
   return out;
  });
 });
}
