/* The form in which texts are compared (plugins/pubhub/search/normal.py writes it into the index). */
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
