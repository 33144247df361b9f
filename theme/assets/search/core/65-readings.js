/* How words and characters are read: pinyin, in full and by initials. */
var SYLLABLE = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)/;
/* What is said how: { said: pinyin of the words of the lexicon, of: character → syllable }. Loaded when it is first needed. */
function readings() {
 return fetchOnce("p", "said", "search/said.js").then(function (file) {
  if (!file.of) {
   file.of = new Map();
   common(file.common, file.of);
   file.chars.split(" ").filter(Boolean).forEach(function (one) {
    var syllable = /^[a-z]+/.exec(one)[0];
    Array.from(one.slice(syllable.length)).forEach(function (c) { file.of.set(c, syllable.toUpperCase()); });
   });
  }
  return file;
 });
}
/* The usual characters in the order of GB 2312, by runs that sound the same. */
function common(runs, of) {
 var bytes = [], row, cell, chars;
 for (row = 0xb0; row < 0xd8; row++) for (cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
 try { chars = Array.from(new TextDecoder("gb2312").decode(new Uint8Array(bytes))); } catch (e) { return; }
 cell = 0;
 runs.split(" ").forEach(function (run) {
  var syllable = /^[a-z]+/.exec(run)[0], count = +run.slice(syllable.length);
  while (count--) of.set(chars[cell++], syllable.toUpperCase());
 });
}
/* Ways to cut letters into syllables, the longest syllables first. */
function syllables(letters) {
 var ways = [];
 (function cutUp(rest, done) {
  if (ways.length > 5 || done.length > 24) return;
  if (!rest) { ways.push(done); return; }
  var longest = SYLLABLE.exec(rest), n;
  if (!longest) return;
  for (n = longest[0].length; n > 0; n--) {
   var one = SYLLABLE.exec(rest.slice(0, n));
   if (one && one[0].length === n) cutUp(rest.slice(n), done.concat([rest.slice(0, n).toUpperCase()]));
  }
 })(letters, []);
 return ways;
}
function allOf(terms) { return Promise.all(terms.map(function (t) { return lookUp(t); })).then(together); }
/* Titles and topics that are read as these syllables, or begin with these letters. */
function readAs(letters) {
 var ways = syllables(letters).filter(function (w) { return w.length > 1; }).map(function (way) {
  return way.slice(1).map(function (one, k) { return way[k] + " " + one; });
 });
 var initials = [];
 if (letters.length > 1 && letters.length < 9) {
  for (var k = 0; k + 1 < letters.length; k++) initials.push("I" + letters.substr(k, 2).toUpperCase());
  // zh, ch, sh may stand for one character.
  var short = letters.replace(/([zcs])h/g, "$1");
  if (short !== letters && short.length > 1) ways.push(Array.from(short.slice(1)).map(function (c, n) { return "I" + short[n].toUpperCase() + c.toUpperCase(); }));
  ways.push(initials);
 }
 return ways.reduce(function (before, way) {
  return before.then(function (found) { return found.size ? found : allOf(way); });
 }, Promise.resolve(new Map()));
}
function spoken(asked, today) {
 return readings().then(function (file) {
  var pieces = asked.split(/[' ]+/).filter(Boolean), joint = pieces.join(""), words = [], all = [];
  if (pieces.some(function (p) { return p.length < 3; })) pieces = [joint];
  START.synonyms.forEach(function (group, g) { group.forEach(function (word, n) { all.push([word, g, file.said[g][n]]); }); });
  file.topics.forEach(function (said, n) { all.push([normal(START.topics[n][1]), -1, said]); });
  function known(letters) {
   var hit = null;
   all.forEach(function (one) {
    var full = one[2].replace(/ /g, ""), first = one[2].replace(/(\w)\w* ?/g, "$1"), soft = one[2].replace(/([zcs]h|\w)\w* ?/g, "$1");
    if (full === letters || (letters.length > 2 && (first === letters || soft === letters)) || (letters.length > 4 && full.indexOf(letters) === 0)) {
     if (!hit || one[0].length < hit[0].length) hit = one;
    }
   });
   return hit;
  }
  [joint].concat(pieces.length > 1 ? pieces : []).forEach(function (piece, n) {
   var hit = words.length && n === 0 ? null : known(piece);
   if (hit) words.push({ text: hit[0], groups: hit[1] < 0 ? [] : [hit[1]] });
  });
  return Promise.all(pieces.map(readAs)).then(function (founds) {
   var found = founds.reduce(function (a, b) { return a.size ? a : b; }), titled = rankPhrase(found, today, "pinyin");
   if (!words.length) return { ranked: titled, needles: [], via: "pinyin" };
   return rankWords(words, today, "pinyin").then(function (ranked) {
    return { ranked: joined(ranked, titled), needles: needlesOf(words), via: "pinyin" };
   });
  });
 });
}
