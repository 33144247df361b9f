/* Search fields that suggest while one types: a combobox with a list of links (ARIA 1.2). Loaded when a field is first touched.

   On the page that is not there it also proposes the words of the address. For results.js: window.hubSearchUi. */
(function (d) {
 "use strict";
 if (window.hubSearchUi) return;
 var STATES = { expired: "已过期", superseded: "已更新为新版", withdrawn: "已撤回", upcoming: "将开始", running: "进行中", past: "已结束" };
 var open = d.querySelector(".search-open"), page = open.getAttribute("href"), base = page.replace(/search\.html$/, ""), loading = null, forms = 0;

 function make(tag, name, text) { var e = d.createElement(tag); if (name) e.className = name; if (text !== undefined) e.textContent = text; return e; }
 function set(e, attributes) { Object.keys(attributes).forEach(function (name) { e.setAttribute(name, attributes[name]); }); return e; }
 /* [[text, isMatch], …] as marked text. */
 function marked(e, parts) {
  parts.forEach(function (part) { e.appendChild(part[1] ? make("mark", "", part[0]) : d.createTextNode(part[0])); });
  return e;
 }

 function kindOf(hit) { return hit.kind === "page" ? "本站说明" : hit.kindName; }

 /* What to say where a text was not found: [what happened, what to do]. */
 function missing(text) {
  if (/https?:|www\.|[a-z0-9]\.[a-z]{2}/i.test(text)) return ["这里没有这个网址的信息", "不认识的链接不点开、不填资料、不下载。拿不准打 96110 问一问；钱已经转走，马上打 110。"];
  if (/\d[\d ()-]{4,}\d/.test(text)) return ["这里没有这个号码的信息", "不认识的号码不回拨，对方说什么都先挂断，再打官方电话核实。拿不准打 96110；钱已经转走，马上打 110。"];
  return ["没有找到“" + text + "”", "换个短一点的说法再试。拿不准是不是骗局，先不转账、不说验证码，打 96110 问一问；钱已经转走，马上打 110。"];
 }

 /* The query core, open; asked for again if it did not come. */
 function core() {
  if (window.hubSearch) return window.hubSearch.open(base).then(function () { return window.hubSearch; });
  if (!loading) {
   loading = new Promise(function (done, failed) {
    var s = make("script");
    s.onload = done;
    s.onerror = failed;
    s.src = open.getAttribute("data-core");
    d.head.appendChild(s);
   });
   loading.then(null, function () { loading = null; });
  }
  return loading.then(function () {
   if (!window.hubSearch) throw new Error("search: core");
   return window.hubSearch.open(base).then(function () { return window.hubSearch; });
  });
 }

 /* Asks one question at a time: a new one drops the answer to the last. A slow one says so after 200 ms.
    ask(core, text, signal) → Promise; on: { busy(), done(answer, text), failed(text) }. */
 function asker(ask, on) {
  var turn = 0, timer = 0, stop = null;
  function drop() {
   turn++;
   clearTimeout(timer);
   if (stop) stop.abort();
   stop = null;
  }
  function now(text) {
   drop();
   var own = turn, slow = setTimeout(function () { if (own === turn) on.busy(); }, 200), signal;
   if (window.AbortController) { stop = new AbortController(); signal = stop.signal; }
   function still() { clearTimeout(slow); return own === turn; }
   core().then(function (search) { return ask(search, text, signal); }).then(function (answer) {
    if (still()) on.done(answer, text);
   }, function (error) {
    if (still()) on.failed(text, error);
   });
  }
  return {
   now: now, drop: drop,
   soon: function (text) { drop(); timer = setTimeout(now, 80, text); }
  };
 }

 /* Calls `changed` with what stands in a field, but not in the middle of a composition; `key` with keys that are no part of one. */
 function listen(field, changed, key) {
  var composing = false, last = field.value;
  function look() {
   if (composing || field.value === last) return;
   last = field.value;
   changed(last.trim());
  }
  field.addEventListener("compositionstart", function () { composing = true; });
  field.addEventListener("compositionend", function () { composing = false; look(); });
  field.addEventListener("input", function (e) { if (!e.isComposing) look(); });
  field.addEventListener("keydown", function (e) {
   // The Enter that ends a composition is not meant for the form; Safari sends it after the end.
   if (composing || e.isComposing || e.keyCode === 229) { if (e.key === "Enter") e.preventDefault(); return; }
   if (key) key(e);
  });
  field.form.addEventListener("submit", function (e) { if (composing) { e.preventDefault(); e.stopImmediatePropagation(); } });
 }

 function combobox(form) {
  var field = form.querySelector("input"), id = "search-list-" + ++forms, at = -1, options = [];
  var box = form.appendChild(make("div", "search-pop")), note = box.appendChild(make("p", "search-note")), list = box.appendChild(make("div", "search-list")), says = form.appendChild(make("p", "vh"));
  box.hidden = true;
  set(list, { role: "listbox", id: id, "aria-label": "搜索建议" });
  set(says, { role: "status" });
  set(field, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id });

  function show(yes) {
   box.hidden = !yes;
   field.setAttribute("aria-expanded", yes && options.length > 0);
   if (!yes) go(-1);
  }
  function go(n) {
   if (options[at]) options[at].setAttribute("aria-selected", "false");
   at = n;
   if (!options[at]) { field.removeAttribute("aria-activedescendant"); return; }
   options[at].setAttribute("aria-selected", "true");
   field.setAttribute("aria-activedescendant", options[at].id);
   options[at].scrollIntoView({ block: "nearest" });
  }
  function fill(found, remark) {
   go(-1);
   list.textContent = "";
   options = found;
   found.forEach(function (option, n) {
    set(option, { role: "option", id: id + "-" + n, tabindex: "-1", "aria-selected": "false" });
    list.appendChild(option);
   });
   note.textContent = remark || "";
   note.hidden = !remark;
   show(true);
  }
  function option(url, kind, parts, off) {
   var a = set(make("a", off ? "is-off" : ""), { href: url });
   marked(a.appendChild(make("span", "search-title")), parts);
   a.appendChild(make("span", "search-kind", kind));
   return a;
  }
  function everything(text, total) {
   var a = set(make("a", "search-all"), { href: page + "?q=" + encodeURIComponent(text) });
   a.textContent = total ? "查看全部结果（" + total + " 条）" : "搜索“" + text + "”";
   return a;
  }
  var ask = asker(function (search, text, signal) {
   return Promise.all([search.suggest(text, 4, { signal: signal }), search.query(text, { limit: 5, signal: signal })]);
  }, {
   busy: function () { fill([], "正在查找…"); },
   failed: function (text) {
    fill([everything(text, 0)], "没能取到搜索用的数据，可能是网络断了。急事请直接打电话：110、96110。");
    says.textContent = note.textContent;
   },
   done: function (answers, text) {
    var near = answers[0], found = answers[1], seen = {}, out = [], help = found.via === "help";
    function add(url, kind, parts, off) {
     if (!seen[url] && out.length < 6) { seen[url] = true; out.push(option(base + url, kind, parts, off)); }
    }
    near.forEach(function (one) { if (one.kind === "topic") add(one.url, "话题", one.parts); });
    if (!help || !near.length) found.hits.forEach(function (one) {
     var off = /^(expired|superseded|withdrawn)$/.test(one.state);
     add(one.url, off ? STATES[one.state] : help ? "也许有用" : kindOf(one), one.titleParts, off);
    });
    near.forEach(function (one) { add(one.url, kindOf(one), one.parts); });
    if (!help) out.push(everything(text, (found.exact ? "" : "约 ") + found.total));
    fill(out, found.corrected ? "没有“" + text + "”，" + (found.via === "correction" ? "下面是“" + found.corrected + "”的结果。" : "您要找的是不是“" + found.corrected + "”？") : help && !near.length ? missing(text)[0] + "，先看这里：" : "");
    says.textContent = (note.hidden ? "" : note.textContent) + (out.length ? out.length + " 条建议，按上下键选择。" : "");
   }
  });
  listen(field, function (text) {
   go(-1);
   if (text) { ask.soon(text); return; }
   ask.drop();
   says.textContent = "";
   options = [];
   show(false);
  }, function (e) {
   var shut = box.hidden, many = options.length;
   if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    e.preventDefault();
    if (shut) { if (many) show(true); else if (field.value.trim()) ask.now(field.value.trim()); }
    if (many) go(e.key === "ArrowDown" ? (at + 2) % (many + 1) - 1 : (at + many + 1) % (many + 1) - 1);
   } else if ((e.key === "Home" || e.key === "End") && at >= 0) {
    e.preventDefault();
    go(e.key === "Home" ? 0 : many - 1);
   } else if (e.key === "Enter" && options[at] && !shut) {
    e.preventDefault();
    options[at].click();
   } else if (e.key === "Escape") {
    if (!shut) { e.preventDefault(); ask.drop(); show(false); } else if (!field.value) leave();
   }
  });
  function leave() {
   var off = form.parentNode.querySelector(".search-off");
   if (off && off.offsetParent) off.click();
  }
  form.addEventListener("focusout", function (e) { if (!form.contains(e.relatedTarget)) { ask.drop(); show(false); } });
  // A tap on an option must not take the focus from the field before it is a click.
  list.addEventListener("mousedown", function (e) { e.preventDefault(); });
  form.addEventListener("submit", function (e) { if (!field.value.trim()) e.preventDefault(); });
  if (d.activeElement === field && field.value.trim()) ask.soon(field.value.trim());
 }

 window.hubSearchUi = { core: core, asker: asker, listen: listen, make: make, set: set, marked: marked, kindOf: kindOf, missing: missing, base: base, STATES: STATES };
 Array.from(d.querySelectorAll("[data-search]")).forEach(function (form) { if (!d.querySelector("[data-hits]")) combobox(form); });
 var lost = d.querySelector("[data-lost] input"), words;
 if (lost) {
  try { words = decodeURIComponent(location.pathname); } catch (e) { words = ""; }
  words = words.replace(/^.*\/(?=.)/, "").replace(/\.\w+$|\/$/g, "").replace(/[-_+\s]+|\b\d+\b/g, " ").trim();
  if (!/^(404|index|page)?$/.test(words)) lost.value = words;
 } else core().then(function (search) { search.warm(); }, function () {});
})(document);
