/* Days, states and filters. */
var EPOCH = Date.UTC(2000, 0, 1);
function dayOf(iso) { return Math.round((Date.UTC(+iso.slice(0, 4), iso.slice(5, 7) - 1, +iso.slice(8, 10)) - EPOCH) / 864e5); }
function isoOf(day) { return new Date(EPOCH + day * 864e5).toISOString().slice(0, 10); }
function todayOf(options) {
 var now = new Date();
 return options.today ? dayOf(options.today) : Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - EPOCH) / 864e5);
}
/* 0 current, 1 past, 2 withdrawn. */
function standing(k, today) {
 var mark = VALUE[START.mark.charCodeAt(k)];
 return mark === 2 ? 2 : mark === 1 || (START.last[k] && START.last[k] < today) ? 1 : 0;
}
var STANDINGS = ["current", "past", "withdrawn"];
function kindAt(k) { return START.kinds[VALUE[START.kind.charCodeAt(k)]][0]; }
function yearAt(k) { return String(new Date(EPOCH + START.days[k] * 864e5).getUTCFullYear()); }
function traits(k, today) {
 var known = START.traits[k];
 if (!known) known = START.traits[k] = { kind: [kindAt(k)], topic: START.topicsOf[k].map(function (t) { return START.topics[t][0]; }), year: [yearAt(k)], state: null };
 known.state = STATES[standing(k, today)];
 return known;
}
var STATES = STANDINGS.map(function (one) { return [one]; });
function sift(ranked, options, today) {
 var facets = { kind: {}, topic: {}, year: {}, state: {} }, fields = Object.keys(facets), left = [];
 var asked = fields.filter(function (f) { return options[f] !== undefined && options[f] !== null && options[f] !== ""; });
 ranked.forEach(function (one) {
  var own = traits(one.place, today), failed = "", failures = 0, f, v, k, values, counts;
  for (k = 0; k < asked.length; k++) if (own[asked[k]].indexOf(String(options[asked[k]])) < 0) { failed = asked[k]; failures++; }
  if (!failures) left.push(one);
  if (failures > 1) return;
  for (k = 0; k < fields.length; k++) {
   f = fields[k];
   if (failures && failed !== f) continue;
   values = own[f];
   counts = facets[f];
   for (v = 0; v < values.length; v++) counts[values[v]] = (counts[values[v]] || 0) + 1;
  }
 });
 return { left: left, facets: facets };
}
function stateOf(doc, today) {
 if (doc.mark) return doc.mark;
 if (doc.kind === "alert") return doc.ends && dayOf(doc.ends) < today ? "expired" : "";
 if (!doc.starts) return "";
 return today < dayOf(doc.starts) ? "upcoming" : today <= dayOf(doc.ends) ? "running" : "past";
}
