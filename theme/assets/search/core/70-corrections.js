/* One wrong character. */
/* The text with one character, or one word that sounds the same, put right; null if nothing is near.
   unknown: its words that are nowhere; only what touches one of them is put right. */
function corrected(asked, unknown, anywhere, today, options) {
 if (!/[\u3400-\u9fff]{2}/.test(asked) || asked.length > 16) return Promise.resolve(null);
 // In a long question one character more or less is enough to go by.
 return (asked.length > 8 ? Promise.resolve({ of: new Map() }) : readings()).then(function (file) {
  var near = [], spoiled = unknown.map(function (word) { var from = asked.indexOf(word); return [from, from + word.length]; });
  function touches(from, to) { return !spoiled.length || spoiled.some(function (one) { return from < one[1] && to > one[0]; }); }
  function say(text) { return Array.from(text).map(function (c) { return file.of.get(c) || c; }).join(" "); }
  START.lexicon.forEach(function (_, word) {
   var size = word.length, k, n, wrong, where, piece, worth, alike;
   for (k = 0; k + size <= asked.length; k++) {
    piece = asked.substr(k, size);
    if (piece === word || size < 2 || !touches(k, k + size)) continue;
    for (wrong = 0, n = 0; n < size; n++) if (piece[n] !== word[n]) { wrong++; where = n; }
    // Two characters alone must sound the same and be all there is; one of three must begin with the same sound.
    alike = say(piece) === say(word);
    worth = alike ? (size > 2 || asked.length === 2 ? size + 0.5 : 0) : wrong === 1 && (size > 3 || (size > 2 && say(piece[where])[0] === say(word[where])[0])) ? size : 0;
    if (!worth) continue;
    near.push({ worth: worth, text: asked.slice(0, k) + word + asked.slice(k + size), pairs: alike ? [] : [piece.substr(where - 1, where ? 2 : 0), piece.substr(where, 2)] });
   }
  });
  // What makes a word with its neighbour was meant: 防骗 is not 被骗.
  return near.sort(function (a, b) { return b.worth - a.worth; }).slice(0, 4).reduce(function (before, one) {
   return before.then(function (text) {
    if (text) return text;
    return Promise.all(one.pairs.map(function (pair) { return pair.length > 1 ? entryOf(pair) : null; })).then(function (known) { return known.some(Boolean) ? null : one.text; });
   });
  }, Promise.resolve(null));
 }).then(function (text) {
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
  tries.push(Promise.all([left, right].filter(function (part) { return Array.from(part).length > 1; }).map(function (part) { return having(part, true); })).then(function (found) {
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
    var pattern = new RegExp(escaped(one.left) + "[^\\n]{0,2}?" + escaped(one.right)), hit = null, few = one.ranked.slice(0, 3);
    function look(doc) { if (doc && !hit) hit = pattern.exec(doc.parts.join(BREAK)); }
    return Promise.all(few.map(function (r) { return documentOf(r.number); })).then(function (docs) {
     docs.forEach(look);
     // Bodies are dear where they are many together: then only one is looked into.
     return hit ? [] : Promise.all(few.slice(0, bodiesFor(few.length)).map(function (r) { return whole(r.number); }));
    }).then(function (docs) {
     docs.forEach(look);
     // At the edge, a character of the text takes the place of the wrong one.
     return hit && hit[0] !== asked ? hit[0] : null;
    });
   });
  }, Promise.resolve(null));
 });
}
function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }
