/* Finds in the index of this site: no server, no library, from a folder as well as from a host. No interface: that is ui.js.
   The parts of this folder are published as one script, core.js; they share one scope. What it offers:

   hubSearch.open(base) → Promise
     base: the way from this page to the site's root ("" or "../../"). Loads what every question needs; may be called again.
   hubSearch.query(text, options) → Promise of
     { query, normalised, total, exact, phrases, hits, facets, corrected, words, via }
     options: kind, topic, year (number or text), state ("current", "past", "withdrawn"), limit (10), offset (0),
              today ("2026-11-24"; the reader's day by default), signal (an AbortSignal: its question rejects with an AbortError),
              exact (true: only what has the whole text, nothing akin), verify (true: looks into every body; costs as much).
     total: how many hits there are; exact is false where it was estimated (say 约).
     phrases: how many of them have the whole text as it stands; these come first.
     hits: { id, url (from the root), title, kind, kindName, date, starts, ends, state, severity, sample, staff, topics, via,
             titleParts, excerpt } with parts as [[text, isMatch], …];
             state: "", "upcoming", "running", "past", "expired", "superseded", "withdrawn".
     facets: { kind: { alert: 3 }, topic: {…}, year: {…}, state: {…} }, each as if its own filter were not set.
     corrected: what was searched for instead of a text with one wrong character, or null.
     words: what the question was taken apart into.
     via: phrase, words, synonym, pinyin, correction, question; help where nothing was found and help is given instead.
   hubSearch.suggest(text, n, options) → Promise of [{ title, url, kind, kindName, id, parts }]: topics, then titles; letters are
     read as pinyin, in full or by initials.
   hubSearch.warm() → Promise: what any answer will need is loaded ahead, while one still types.
   hubSearch.names → { kind: {alert: "风险提示"}, topic: {…} } once open.

   Outside a browser, set hubSearch.load(path) → Promise first: it has to run the file at that path of the site. */
/* Loads what the first answer will need besides its own files. Never fails. */
function warm() { return open().then(words).then(function () {}, function () {}); }

var root = typeof window === "undefined" ? globalThis : window;
var api = { open: open, warm: warm, query: query, suggest: suggest, names: names, normal: normal, load: insert, inside: function () { return START; } };
root.hubSearch = api;
root.hubPut = put;
