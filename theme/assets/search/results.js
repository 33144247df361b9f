/* The page of results: the question and the filters stand in the address, nothing is kept anywhere else. */
(function (d) {
 "use strict";
 var ui = window.hubSearchUi, make = ui.make, set = ui.set, STATES = ui.STATES, STEP = 10, MANY = 8;
 var SEVERITIES = { critical: "高危", high: "较高", moderate: "一般", notice: "提示" };
 var STANDINGS = { current: "现行", past: "已过期或已结束", withdrawn: "已撤回" };
 var GROUPS = [["kind", "类型"], ["topic", "话题"], ["year", "年份"], ["state", "状态"]];
 var LATE = { expired: "已过有效期，排在现行内容之后", superseded: "已有新版，排在现行内容之后", withdrawn: "已撤回的只留标题，排在最后", past: "已经结束，排在现行内容之后" };
 function one(name) { return d.querySelector("[data-" + name + "]"); }
 var field = d.getElementById("q"), form = field.form, count = one("count"), chosen = one("chosen"), sift = one("sift"), found = one("found"), hits = one("hits"), more = one("more"), title = d.getElementById("found");
 var none = one("none"), why = one("why"), again = one("again"), start = one("try"), site = d.title.replace(/^.*· /, ""), main = d.getElementById("main");
 var now = read(), names = { kind: {}, topic: {} }, shown = 0, total = 0, wide = false, settled = false;

 // The address.

 function read() {
  var query = new URLSearchParams(location.search), state = { q: (query.get("q") || "").trim() };
  GROUPS.forEach(function (group) { state[group[0]] = query.get(group[0]) || ""; });
  return state;
 }
 function address(state) {
  var query = new URLSearchParams();
  ["q"].concat(GROUPS.map(function (group) { return group[0]; })).forEach(function (name) { if (state[name]) query.set(name, state[name]); });
  query = query.toString();
  return location.pathname + (query ? "?" + query : "");
 }
 /* What was meant (by Enter, a link, a filter) can be gone back to; what is being typed replaces what was typed before it. */
 function write(mean) {
  var push = (mean || settled) && address(now) !== location.pathname + location.search;
  if (mean) settled = true;
  else if (push) settled = false;
  try { history[push ? "pushState" : "replaceState"]({ shown: push ? 0 : shown }, "", address(now)); } catch (e) { /* Some browsers refuse for files; the page works without. */ }
  d.title = (now.q ? "“" + now.q + "” · " : "") + "搜索 · " + site;
 }
 function filtered() { return GROUPS.some(function (group) { return now[group[0]]; }); }
 function options(limit, offset, signal) {
  return { kind: now.kind, topic: now.topic, year: now.year, state: now.state, limit: limit, offset: offset, signal: signal };
 }

 // Small pieces.

 function icon(name) { var e = d.querySelector("[data-icons]").content.querySelector("[data-icon='" + name + "'] > *"); return e ? d.importNode(e, true) : d.createTextNode(""); }
 function badge(name, word, look) { var e = make("span", "badge " + look); e.appendChild(icon(name)); e.appendChild(d.createTextNode(word)); return e; }
 function day(iso) { return iso.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日"); }
 function nameOf(group, value) {
  return group + value === "kindpage" ? "本站说明" : group === "year" ? value + "年" : group === "state" ? STANDINGS[value] || value : names[group][value] || value;
 }
 function flag(word, title, look) { return set(make("span", "flag" + (look || ""), word), { title: title }); }

 function line(hit) {
  var off = /^(expired|superseded|withdrawn)$/.test(hit.state), li = make("li", off ? "line is-off" : "line"), top = li.appendChild(make("p", "line-top")), head, notes = [];
  var mark = STATES[hit.state] ? badge(hit.state, STATES[hit.state], hit.state === "running" ? "on" : hit.state === "upcoming" ? "soon" : "off") :
   hit.severity ? badge(hit.severity, SEVERITIES[hit.severity], "sev-" + hit.severity) : null;
  if (mark) top.appendChild(make("span", "line-mark")).appendChild(mark);
  else top.appendChild(make("span", "line-kind", ui.kindOf(hit)));
  top.appendChild(set(make("time", "", day(hit.starts || hit.date)), { datetime: hit.starts || hit.date }));
  head = li.appendChild(make("h3"));
  ui.marked(head.appendChild(set(make("a"), { href: ui.base + hit.url })), hit.titleParts);
  if (hit.sample) { head.appendChild(d.createTextNode(" ")); head.appendChild(flag("示例", "示例内容，不计入统计")); }
  if (hit.staff) { head.appendChild(d.createTextNode(" ")); head.appendChild(flag("内部", "只在内部版出现", " staff")); }
  ui.marked(li.appendChild(make("p", "line-text")), hit.excerpt);
  if (mark) notes.push(ui.kindOf(hit));
  if (hit.state === "expired" && hit.ends) notes.push("有效期到 " + day(hit.ends));
  if (LATE[hit.state]) notes.push(LATE[hit.state]);
  if (notes.length) li.appendChild(make("p", "line-note", notes.join(" · ")));
  return li;
 }

 // Filters.

 function choose(group, value) {
  now[group] = now[group] === value ? "" : value;
  ask.now(now.q);
  write(true);
 }
 function chip(group, value, number, rest) {
  var b = set(make("button", "chip"), { type: "button", "aria-pressed": now[group] === value, "data-key": group + value + (rest || "") });
  b.appendChild(d.createTextNode(nameOf(group, value)));
  b.appendChild(make("span", "n", " " + number));
  b.appendChild(make("span", "vh", " 条"));
  b.addEventListener("click", function () { choose(group, value); });
  return b;
 }
 function groupOf(facets, group, label) {
  var counts = facets[group], values = Object.keys(counts);
  if (now[group] && values.indexOf(now[group]) < 0) { values.push(now[group]); }
  values.sort(group === "year" ? function (a, b) { return b - a; } : function (a, b) { return (counts[b] || 0) - (counts[a] || 0) || (a < b ? -1 : 1); });
  if (values.length < 2 && !now[group]) return null;
  var box = make("div", "sift-group"), row, rest;
  box.appendChild(set(make("p", "sift-name", label), { id: "sift-" + group }));
  row = box.appendChild(set(make("div", "sift-chips"), { role: "group", "aria-labelledby": "sift-" + group }));
  values.forEach(function (value, n) {
   if (n === MANY && values.length > MANY + 2) {
    rest = box.appendChild(make("details", "sift-rest"));
    rest.appendChild(make("summary", "", "其余 " + (values.length - MANY) + " 个" + label));
    rest.open = values.indexOf(now[group]) >= MANY;
    row = rest.appendChild(set(make("div", "sift-chips"), { role: "group", "aria-label": "其余" + label }));
   }
   row.appendChild(chip(group, value, counts[value] || 0));
  });
  return box;
 }
 function filters(facets) {
  var focus = d.activeElement && d.activeElement.getAttribute("data-key"), details = sift.querySelector(".sift-more"), opened = details ? details.open : wide, groups;
  sift.textContent = "";
  chosen.textContent = "";
  groups = GROUPS.map(function (group) { return groupOf(facets, group[0], group[1]); }).filter(Boolean);
  if (groups.length) {
   details = sift.appendChild(make("details", "sift-more"));
   details.open = opened;
   details.appendChild(make("summary", "", "筛选")).insertBefore(icon("filter"), details.firstChild.firstChild);
   groups.forEach(function (group) { details.appendChild(group); });
  }
  GROUPS.forEach(function (group) {
   if (!now[group[0]]) return;
   var b = chosen.appendChild(set(make("button", "chip on-off"), { type: "button", "aria-label": "去掉筛选：" + group[1] + " " + nameOf(group[0], now[group[0]]), "data-key": "x" + group[0] }));
   b.appendChild(d.createTextNode(nameOf(group[0], now[group[0]])));
   b.appendChild(icon("x"));
   b.addEventListener("click", function () { choose(group[0], now[group[0]]); field.focus(); });
  });
  chosen.hidden = !chosen.firstChild;
  sift.hidden = !sift.firstChild;
  focus = focus && d.querySelector("[data-key='" + focus + "']");
  if (focus) focus.focus();
 }

 // Answers.

 function remark(answer) {
  var n = (answer.exact ? " " : "约 ") + answer.total + " 条", q = "“" + now.q + "”", words = answer.words.length ? "“" + answer.words.join("、") + "”" : "";
  if (answer.via === "correction" && answer.corrected) return "没有" + q + "，下面是“" + answer.corrected + "”的" + n + "结果。";
  if (answer.via === "pinyin") return "按拼音找到" + n + "。";
  if (answer.via === "synonym" && !answer.phrases) return "没有原词，找到" + n + "说的是同一类事。";
  if (answer.via === "words" || answer.via === "question") return words ? "按" + words + "找到" + n + "，最相关的在前面。" : "找到" + n + "。";
  if (answer.phrases && answer.phrases < answer.total) return "找到" + n + "，前 " + answer.phrases + " 条写有" + q + "，其余是相近的内容。";
  return "找到" + n + "。";
 }
 function say(state, text) {
  main.setAttribute("data-state", state);
  count.textContent = text;
  found.hidden = state !== "found" && state !== "help";
  none.hidden = state !== "nothing" && state !== "failed" && state !== "help";
  title.className = state === "help" ? "search-help" : "vh";
  title.textContent = state === "help" ? "也许用得上" : "搜索结果";
  start.hidden = state === "found" || state === "busy" || state === "failed";
  if (state !== "found") chosen.hidden = sift.hidden = true;
 }
 function offer(text, action) {
  again.hidden = !text;
  again.textContent = text;
  again.onclick = action;
 }
 function tail() {
  more.parentNode.hidden = shown >= total;
  more.textContent = "再看 " + Math.min(STEP, total - shown) + " 条";
 }
 function add(list) {
  list.forEach(function (hit) { hits.appendChild(line(hit)); });
  shown += list.length;
 }
 var ask = ui.asker(function (search, text, signal) {
  names = search.names;
  return search.query(text, options(Math.max(STEP, shown), 0, signal));
 }, {
  busy: function () { say("busy", "正在查找…"); hits.textContent = ""; },
  failed: function (text, error) {
   var old = error && error.name === "OutdatedError";
   say("failed", "");
   hits.textContent = "";
   d.getElementById("none").textContent = "暂时查不了";
   why.textContent = (old ? "网站刚更新过，这一页还是旧的。" : "没能取到搜索用的数据，可能是网络断了。") + "急事请直接打电话，话题和栏目也可以慢慢看。";
   offer(old ? "重新打开本页" : "再试一次", function () { if (old) location.reload(); else ask.now(now.q); });
  },
  done: function (answer) {
   var missing;
   hits.textContent = "";
   shown = 0;
   total = answer.total;
   if (total && answer.via !== "help") {
    say("found", remark(answer));
    if (answer.corrected) suggest(answer);
    filters(answer.facets);
   } else if (filtered()) {
    say("nothing", "");
    filters(answer.facets);
    d.getElementById("none").textContent = "这样筛选，没有结果";
    why.textContent = "没有同时符合这些筛选的内容。";
    offer("去掉筛选再找", function () { GROUPS.forEach(function (group) { now[group[0]] = ""; }); field.focus(); ask.now(now.q); write(true); });
   } else {
    missing = ui.missing(now.q);
    say(total ? "help" : "nothing", missing[0] + "。");
    d.getElementById("none").textContent = missing[0];
    why.textContent = missing[1];
    offer("");
   }
   add(answer.hits);
   tail();
   write(false);
  }
 });
 function suggest(answer) {
  var text = answer.corrected, a = make("a", "", text), p = make("span", "", "您要找的是不是");
  set(a, { href: "?q=" + encodeURIComponent(text), "data-ask": "" });
  count.textContent = "";
  count.appendChild(p);
  count.appendChild(a);
  count.appendChild(d.createTextNode("？没有找到“" + now.q + "”，下面" + (answer.via === "correction" ? "是它的" + (answer.exact ? " " : "约 ") + total + " 条结果。" : remark(answer))));
 }
 function look(text, push) {
  if (push || text !== now.q) shown = 0;
  now.q = text;
  if (push) write(true);
  if (text) { if (push) ask.now(text); else ask.soon(text); return; }
  ask.drop();
  write(false);
  say("empty", "");
 }
 function fromAddress() {
  var kept = history.state && history.state.shown;
  now = read();
  settled = !!now.q;
  field.value = now.q;
  shown = kept || 0;
  if (now.q) ask.now(now.q); else { ask.drop(); say("empty", ""); }
  d.title = (now.q ? "“" + now.q + "” · " : "") + "搜索 · " + site;
 }

 ui.listen(field, function (text) { look(text, false); }, function (e) {
  if (e.key === "Escape" && !field.value) field.blur();
 });
 form.addEventListener("submit", function (e) {
  e.preventDefault();
  if (field.value.trim()) look(field.value.trim(), true); else field.focus();
 });
 d.addEventListener("click", function (e) {
  var a = e.target.closest && e.target.closest("[data-ask]");
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  GROUPS.forEach(function (group) { now[group[0]] = ""; });
  field.value = new URLSearchParams(a.search).get("q");
  look(field.value, true);
  field.focus();
 });
 more.addEventListener("click", function () {
  var from = shown, own = now.q;
  ui.core().then(function (search) { return search.query(own, options(STEP, from)); }).then(function (answer) {
   if (own !== now.q || from !== shown) return;
   add(answer.hits);
   total = answer.hits.length ? answer.total : shown;
   tail();
   write(false);
   count.textContent = "已列出 " + shown + " 条，共" + (answer.exact ? " " : "约 ") + total + " 条。";
   // The button stays where one is; once it is gone, go on with what it brought.
   if (more.parentNode.hidden && hits.children[from]) hits.children[from].querySelector("a").focus();
  }, function () { count.textContent = "没能取到更多结果，请再试一次。"; });
 });
 window.addEventListener("popstate", fromAddress);
 wide = matchMedia("(min-width: 68.75em)").matches;
 fromAddress();
 if (!now.q && !("ontouchstart" in window)) field.focus();
})(document);
