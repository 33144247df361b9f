/* The order of what has the whole text. */
var KIND_WEIGHT = { news: 0.7, star: 0.7, event: 0.7, issue: 0.6, entry: 0.7, campaign: 0.8, course: 0.9 };
function weightAt(k) { return KIND_WEIGHT[kindAt(k)] || 1; }
function recency(k, today) { return 1 / (1 + Math.max(0, today - START.days[k]) / 400); }
function inOrder(a, b) {
 return a.late - b.late || b.score - a.score || START.days[b.place] - START.days[a.place] || START.numbers[b.place] - START.numbers[a.place];
}
function rankPhrase(found, today, via) {
 var ranked = [], stale = false;
 found.forEach(function (how, number) {
  var place = START.place.get(number);
  if (place === undefined) { stale = true; return; }
  var late = standing(place, today);
  ranked.push({
   number: number, place: place, via: via, late: late,
   score: [0, 10, 30, 100][how.field] * (how.field === 3 ? 1 : weightAt(place)) + Math.min(how.times, 6) / 2 + 3 * recency(place, today) +
    (late === 0 && kindAt(place) === "alert" ? 3 : 0) + (how.bonus || 0)
  });
 });
 ranked.sort(inOrder);
 ranked.stale = stale;
 return ranked;
}
