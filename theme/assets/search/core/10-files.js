/* Files of the site, each asked for once: a script that hands its content to hubPut(). */
var base = "", edition = "", kept = {}, parcels = {};
function put(at, value) { parcels[at] = value; }
function insert(path) {
 return new Promise(function (done, failed) {
  var s = document.createElement("script");
  s.charset = "utf-8";
  s.async = true;
  s.onload = function () { s.remove(); done(); };
  s.onerror = function () { s.remove(); failed(new Error("search: " + path)); };
  s.src = base + path;
  document.head.appendChild(s);
 });
}
// A browser that is asked for hundreds of files at once gives some of them up; so does a bad line, hence the second try.
var running = 0, waiting = [];
function inTurn(path) {
 return new Promise(function (done) {
  function go() { running++; done(); }
  if (running < 24) go();
  else waiting.push(go);
 }).then(function () {
  return api.load(path).catch(function () { return api.load(path); });
 }).then(leave, function (error) { leave(); throw error; });
}
function leave() { running--; if (waiting.length) waiting.shift()(); }
function fetchOnce(kind, name, path) {
 var at = kind + name;
 if (!kept[at]) {
  kept[at] = inTurn(path + edition).then(function () {
   var value = parcels[at];
   delete parcels[at];
   if (value === undefined) throw new Error("search: " + path);
   return value;
  });
  kept[at].catch(function () { delete kept[at]; });
 }
 return kept[at];
}
