/* Where needles stand in a text, and the piece of it that a hit shows. */
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
