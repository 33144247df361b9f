/* A question as words, and the order of what has some of them. */
var HAN = /[\u3400-\u9fff\uf900-\ufaff\u3005\u3007]/, segmenter = null;
function cut(text) {
 try { segmenter = segmenter || new Intl.Segmenter("zh", { granularity: "word" }); } catch (e) { segmenter = null; }
 if (!segmenter) return text.match(/[\u3400-\u9fff]{1,2}|[^\u3400-\u9fff\s]+/g) || [];
 return Array.from(segmenter.segment(text)).filter(function (s) { return s.isWordLike; }).map(function (s) { return s.segment; });
}
/* A text as words: those of the lexicon first, the longest first; what stands between them as the language cuts it. */
function wordsOf(text) {
 var words = [], rest = "", k = 0, length, word, single = "";
 function flush() {
  if (single.length > 1) words.push({ text: single, groups: [] });
  single = "";
 }
 function between() {
  if (!rest) return;
  cut(rest).forEach(function (one) {
   if (START.ignored.has(one)) { flush(); return; }
   // Characters that the language knows no word for are one word for us.
   if (one.length === 1 && HAN.test(one)) { single += one; return; }
   flush();
   words.push({ text: one, groups: [] });
  });
  flush();
  rest = "";
 }
 while (k < text.length) {
  for (length = Math.min(START.longest, text.length - k); length > 1; length--) {
   word = text.substr(k, length);
   if (START.lexicon.has(word) || START.ignored.has(word)) break;
  }
  if (length > 1) {
   between();
   if (!START.ignored.has(word)) words.push({ text: word, groups: START.lexicon.get(word) });
   else words.dropped = true;
   k += length;
  } else rest += text[k++];
 }
 between();
 START.patterns.forEach(function (pattern) {
  var from = 0, all = pattern[0].every(function (part) { var at = text.indexOf(part, from); from = at + part.length; return at >= 0; });
  if (all && !words.some(function (w) { return w.groups.indexOf(pattern[1]) >= 0; })) words.push({ text: "", groups: [pattern[1]] });
 });
 return words;
}
function groupTerm(group) { return "S" + START.synonyms[group][0]; }

/* Scores of documents for words: the rarer a word and the better its place, the more it counts. */
var MOST_WORDS = 8, WORDS_COST = 4000;
function rankWords(words, today, via) {
 var asked = words.slice(0, MOST_WORDS);
 return Promise.all(asked.map(function (word) { return priceOf(word.text); })).then(function (prices) {
  var left = WORDS_COST, order = asked.map(function (_, k) { return k; }).sort(function (a, b) {
   return !!asked[b].groups.length - !!asked[a].groups.length || prices[a].count - prices[b].count || a - b;
  }), chosen = order.filter(function (k, rank) { return rank < 2 || (left -= prices[k].cost + 1) >= 0; });
  // What nearly every document has tells least and costs most.
  asked = chosen.sort(function (a, b) { return a - b; }).map(function (k) { return asked[k]; });
  return Promise.all(asked.map(function (word) {
   return Promise.all([having(word.text, true)].concat(word.groups.map(function (g) { return lookUp(groupTerm(g)); })));
  }));
 }).then(function (answers) {
  var scores = new Map(), all = START.numbers.length, most = 0, ranked = [];
  function add(doc, score, counted) {
   var s = scores.get(doc) || { score: 0, words: 0 };
   s.score += score;
   s.words += counted;
   scores.set(doc, s);
  }
  answers.forEach(function (answer, n) {
   var own = new Map(), word = asked[n], weight;
   answer.slice(1).forEach(function (list) {
    list.docs.forEach(function (doc, k) { own.set(doc, Math.max(own.get(doc) || 0, [0, 0.6, 1.4, 2.4][list.fields[k]])); });
   });
   answer[0].forEach(function (how, doc) { own.set(doc, Math.max(own.get(doc) || 0, [0, 1 + Math.min(how.times, 6) / 20, 1.8, 3][how.field])); });
   word.found = own.size;
   weight = Math.log(1 + all / (1 + own.size)) * (word.groups.length ? 1.6 : word.part ? 0.4 : Math.min(1.5, 0.6 + word.text.length / 5));
   own.forEach(function (value, doc) { add(doc, weight * value, word.part ? 0 : 1); });
   word.groups.forEach(function (g) {
    START.best[g].forEach(function (doc, rank) { add(doc, weight * (3 - rank / 2), own.has(doc) ? 0 : 1); });
   });
  });
  scores.forEach(function (s, number) {
   var place = START.place.get(number), late, score;
   if (place === undefined) { ranked.stale = true; return; }
   late = standing(place, today);
   score = s.score * (0.5 + s.words / (2 * asked.length)) * weightAt(place) * [1, 0.6, 0.1][late] * (1 + 0.05 * recency(place, today));
   most = Math.max(most, score);
   ranked.push({ number: number, place: place, via: via, late: late === 2 ? 1 : 0, score: score });
  });
  var left = ranked.filter(function (one) { return one.score >= most * 0.25; }).sort(inOrder);
  left.stale = ranked.stale;
  return left;
 });
}
/* The same; where a word is nowhere, pairs of characters across words are tried as well. */
function rankLoosely(words, asked, today, via) {
 return rankWords(words, today, via).then(function (ranked) {
  var missing = words.filter(function (w) { return w.text && !w.found && !w.part; }), seen = {}, more = [];
  if (!missing.length) return ranked;
  (asked.match(/[\u3400-\u9fff]{2,}/g) || []).forEach(function (run) {
   for (var k = 0; k + 1 < run.length; k++) {
    var pair = run.substr(k, 2), inside = words.some(function (w) { return w.found && w.text.indexOf(pair) >= 0; });
    // What the language takes for one long word may hold a word that is known: 教老人, 老人.
    var within = missing.some(function (w) { return w.text.length > 2 && w.text.indexOf(pair) >= 0; });
    if (!seen[pair] && !inside && !START.ignored.has(pair)) { seen[pair] = true; more.push({ text: pair, groups: within && START.lexicon.get(pair) || [], part: !within }); }
   }
  });
  var left = words.filter(function (w) { return w.found; });
  return more.length ? rankWords(left.concat(more), today, via) : ranked;
 });
}

function needlesOf(words) {
 var all = [];
 words.forEach(function (w) {
  if (w.text) all.push(w.text);
  w.groups.forEach(function (g) { all = all.concat(START.synonyms[g].filter(function (word) { return word.indexOf("...") < 0; })); });
 });
 return all;
}
