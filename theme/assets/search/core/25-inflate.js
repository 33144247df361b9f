/* Packed texts: raw deflate after a dictionary, since not every browser can (plugins/pubhub/search/records.py packs them). */
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
