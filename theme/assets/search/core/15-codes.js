/* Numbers and sets of numbers as printable characters (plugins/pubhub/search/codes.py writes them). */
var LETTERS = "", n;
for (n = 0x23; n < 0x7f; n++) if (n !== 0x5c) LETTERS += String.fromCharCode(n);
LETTERS += "!";
var VALUE = new Int8Array(128), BASE = 92;
for (n = 0; n < BASE; n++) VALUE[LETTERS.charCodeAt(n)] = n;

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
