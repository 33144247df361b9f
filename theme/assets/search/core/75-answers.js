/* From a question to an answer: the whole text first; then a number or a link, pinyin, words, one wrong character; then help. */
function aborted(options) {
 if (!options.signal || !options.signal.aborted) return;
 throw named("AbortError");
}

function query(text, options) {
 options = options || {};
 return steadily(function () { return answer(String(text).slice(0, 200), options); });
}
function answer(text, options) {
 var asked = normal(text), today = todayOf(options), result = {
  query: text, normalised: asked, total: 0, exact: true, phrases: 0, hits: [], facets: { kind: {}, topic: {}, year: {}, state: {} },
  corrected: null, words: [], via: "phrase"
 };
 if (!asked) return Promise.resolve(result);
 var limit = options.limit === undefined ? 10 : options.limit, wanted = (options.offset || 0) + limit;
 function finish(ranked, needles, check) {
  aborted(options);
  var sifted = sift(ranked, options, today);
  return show(sifted.left, wanted, check, needles, options).then(function (shown) {
   aborted(options);
   result.facets = sifted.facets;
   result.total = sifted.left.length - shown.dropped;
   result.exact = shown.sure || (check ? Array.from(check).length < 3 && NO_START.indexOf(check[0]) < 0 : false);
   result.stale = ranked.stale || shown.lost;
   result.phrases = ranked.filter(function (one) { return one.via === "phrase"; }).length ? Math.min(result.total, sifted.left.filter(function (one) { return one.via === "phrase"; }).length - shown.dropped) : 0;
   result.hits = shown.list.slice(options.offset || 0, wanted).map(function (one) { return hit(one, needles, today); });
   return result;
  });
 }
 var words = wordsOf(asked);
 return having(asked, false, words.map(function (w) { return w.text; })).then(function (found) {
  aborted(options);
  return confirmed(rankPhrase(found, today, "phrase"), asked, options);
 }).then(function (ranked) {
  var rest;
  result.words = words.map(function (w) { return w.text; }).filter(Boolean);
  if (ranked.length >= 3 || options.exact) return finish(ranked, [asked], asked);
  if (ranked.length) {
   // The whole text is somewhere, but hardly: what its words find comes after it.
   if (words.length < 2 && !words.some(function (w) { return w.groups.length; })) return finish(ranked, [asked], asked);
   return rankWords(words, today, "words").then(function (akin) {
    return finish(joined(ranked, akin), needlesOf(words).concat([asked]), asked);
   });
  }
  return otherwise(asked, words, today, options, result).then(function (other) {
   if (other.hits) return other;
   rest = other.ranked.length ? other : { ranked: help("nothing", today), needles: result.words, via: "help" };
   result.via = rest.via;
   return finish(rest.ranked, rest.needles, "");
  });
 });
}
/* Without those candidates that do not have the text after all, where there are so few that it is worth a look. */
function confirmed(ranked, text, options) {
 if (!ranked.length || ranked.length > 3 || Array.from(text).length < 3) return Promise.resolve(ranked);
 return Promise.all(ranked.map(function (one) { return documentOf(one.number); })).then(function (docs) {
  var left = bodiesFor(3);
  return Promise.all(docs.map(function (doc, k) { return doc && fieldOf(doc, text) === undefined && left-- > 0 ? whole(ranked[k].number) : doc; }));
 }).then(function (docs) {
  aborted(options);
  var left = ranked.filter(function (one, k) { return docs[k] && fieldOf(docs[k], text) !== 0; });
  left.stale = ranked.stale || !docs.every(Boolean);
  return left;
 });
}
function joined(first, second) {
 var seen = new Set(first.map(function (one) { return one.number; })), all;
 all = first.concat(second.filter(function (one) { return !seen.has(one.number); }));
 all.stale = first.stale || second.stale;
 return all;
}
function help(name, today) {
 return START.help[name].map(function (number, k) {
  return { number: number, place: START.place.get(number), via: "help", late: 0, score: 1 - k / 10 };
 });
}
var LINK = /(?:https?:|www\.)|(?:^|[^a-z0-9.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[^a-z]|$)/, DIGITS = /\+?\d[\d ()-]{4,}\d/;
/* Without the whole text anywhere: a number or a link, pinyin, one wrong character, words. */
function otherwise(asked, words, today, options, result) {
 var number = DIGITS.exec(asked), link = LINK.exec(asked), left, digits;
 if (link || number) {
  left = asked.replace(/[!-~]+/g, " ").trim();
  digits = number && !link ? number[0].replace(/\D/g, "") : "";
  return (digits && digits !== asked ? having(digits) : Promise.resolve(new Map())).then(function (found) {
   if (found.size) return { ranked: rankPhrase(found, today, "words"), needles: [digits], via: "words" };
   var own = left ? wordsOf(left) : [];
   return (own.length ? rankWords(own, today, "words") : Promise.resolve([])).then(function (ranked) {
    return { ranked: joined(help(link ? "links" : "numbers", today), ranked), needles: needlesOf(own), via: "help" };
   });
  });
 }
 if (/^[a-z' ]+$/.test(asked) && asked.length > 1) {
  return spoken(asked, today).then(function (found) { return found.ranked.length ? found : plainly(); });
 }
 function plainly() {
  if (!words.length) return { ranked: [], needles: [], via: "words" };
  return rankLoosely(words, asked, today, "words").then(function (ranked) {
   var synonym = words.some(function (w) { return w.groups.length; }), via = words.dropped ? "question" : synonym ? "synonym" : "words";
   var found = { ranked: ranked, needles: needlesOf(words), via: via };
   // Every word is known: nothing was mistyped.
   var unknown = words.filter(function (w) { return w.text && !w.found; }).map(function (w) { return w.text; });
   if (options.corrected || (ranked.length && !unknown.length)) return found;
   return corrected(asked, unknown, !synonym, today, options).then(function (other) {
    if (!other) return found;
    return answer(other, Object.assign({}, options, { corrected: true })).then(function (again) {
     again.query = result.query;
     again.normalised = asked;
     again.corrected = other;
     // What is found by some of its words is no answer to the text put right as a whole.
     if (again.via === "phrase" || again.via === "synonym") again.via = "correction";
     return again;
    });
   });
  });
 }
 return Promise.resolve(plainly());
}
