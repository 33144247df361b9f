/* Comfort for pages that work without it; a part that fails is left out. */
(function (d) {
 "use strict";
 var root = d.documentElement, sizes = ["", "large", "huge"];
 function all(s, e) { return Array.from((e || d).querySelectorAll(s)); }
 function one(s, e) { return (e || d).querySelector(s); }
 function make(tag, cls, text) { var e = d.createElement(tag); e.className = cls; e.textContent = text; if (tag === "button") e.type = tag; return e; }
 function part(f) { try { f(); } catch (e) {} }
 function on(e, f, t) { e.addEventListener(t || "click", f); }
 function get(name) { return root.getAttribute("data-" + name) || ""; }
 function set(name, value) {
  root[value ? "setAttribute" : "removeAttribute"]("data-" + name, value);
  part(function () { localStorage[value ? "setItem" : "removeItem"]("pubhub-" + name, value); });
  show();
 }
 function show() {
  all("[data-set] button").forEach(function (b) { b.setAttribute("aria-pressed", b.value === get(b.parentNode.getAttribute("data-set"))); });
  all("[data-bigger]").forEach(function (b) { b.textContent = ["字大一点", "再大一点", "恢复标准字"][sizes.indexOf(get("size"))]; });
 }
 part(function () {
  all("[data-set] button").forEach(function (b) { on(b, function () { set(b.parentNode.getAttribute("data-set"), b.value); }); });
  all("[data-tools]").forEach(function (t) {
   var b = t.appendChild(make("button", "btn", ""));
   b.setAttribute("data-bigger", "");
   on(b, function () { set("size", sizes[(sizes.indexOf(get("size")) + 1) % 3]); });
  });
  show();
 });
 // Menus, contents list.
 part(function () {
  var pops = all("details.pop");
  on(d, function (e) { pops.forEach(function (p) { if (!p.contains(e.target)) p.open = false; }); });
  on(d, function (e) {
   if (e.key === "Escape") pops.forEach(function (p) { if (p.open) { p.open = false; p.firstElementChild.focus(); } });
  }, "keydown");
  if (matchMedia("(min-width: 68.75em)").matches) all(".toc").forEach(function (t) { t.open = true; });
 });
 // Search: what it needs comes when a field is touched. On phones the field opens in the bar.
 part(function () {
  var open = one(".search-open"), bar = open.parentNode, field = one(".search-bar input"), wanted = !field;
  function want() {
   if (!wanted) ["core", "ui"].forEach(function (name) {
    var s = make("script", "", "");
    s.async = false;
    s.src = open.getAttribute("data-" + name);
    d.head.appendChild(s);
   });
   wanted = true;
  }
  function show(e) {
   e.preventDefault();
   if (field) bar.classList.add("searching");
   (field || one("main [name=q]")).focus();
  }
  all("[data-search]").concat(open).forEach(function (e) { on(e, want, "pointerenter"); on(e, want, "focusin"); });
  if (field) {
   on(open, function (e) { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) show(e); });
   on(one(".search-off"), function () { bar.classList.remove("searching"); open.focus(); });
  }
  on(d, function (e) {
   if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) show(e);
  }, "keydown");
 });
 // Ended after the build.
 function over(attr, word) {
  var n = new Date(), today = new Date(n - n.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  all("[" + attr + "]").forEach(function (e) {
   var day = e.getAttribute(attr), mark = one(".badge", e), now = e.closest("[data-current]"), urgent = e.closest("[data-urgent]"), box, rest;
   if (today <= day) return;
   if (mark) { mark.className = "badge off"; mark.textContent = word; }
   if (e.tagName === "ARTICLE" && attr === "data-expires") {
    box = make("section", "life", "");
    box.appendChild(make("p", "life-title", word));
    box.appendChild(make("p", "", "有效期到" + day.replace(/(\d+)-0?(\d+)-0?(\d+)/, "$1年$2月$3日") + "。手法可能已经变化，做法仍可参考。"));
    rest = one(".item-main", e);
    rest.insertBefore(box, rest.firstChild);
    one(".item-head", e).className = "item-head sev-off";
   } else if (now) {
    e.remove();
    all("[data-current-count]").forEach(function (c) { c.textContent = one("li", now) ? c.textContent - 1 : ""; });
    if (!one("li", now)) one("[data-current-none]").hidden = false;
   } else if (e.tagName === "LI") {
    e.classList.add("is-off");
    rest = urgent && one("[data-urgent] ~ section .lines");
    if (rest) rest.insertBefore(e, rest.firstChild);
    if (urgent && !one("li", urgent)) urgent.remove();
   }
  });
 }
 part(function () { over("data-expires", "已过期"); over("data-ends", "已结束"); });
 // One help bar at a time.
 part(function () {
  new IntersectionObserver(function (seen) { root.classList.toggle("sos-seen", seen.pop().isIntersecting); }).observe(one(".sos"));
 });
 // 朗读
 part(function () {
  var s = window.speechSynthesis, tools = one("[data-tools]"), b;
  function voice() { return s.getVoices().filter(function (v) { return /^(zh|cmn)\b/i.test(v.lang) && !/HK|TW/i.test(v.lang); })[0]; }
  function say(going) { b.textContent = going ? "停止朗读" : "朗读"; b.setAttribute("aria-pressed", going); }
  function add() {
   if (b || !voice()) return;
   b = tools.insertBefore(make("button", "btn", ""), tools.firstChild);
   say(false);
   on(b, function () {
    var going = b.getAttribute("aria-pressed") === "true", parts;
    s.cancel();
    say(!going);
    if (going) return;
    parts = all("h1, .plain li, .todo h2, .steps li, .prose h2, .prose h3, .prose p, .prose li, .prose td").map(function (e) {
     return one("p, li", e) ? "" : e.textContent;
    }).join("\n").match(/[^。！？；\n]{1,160}[。！？；]?/g);
    parts.forEach(function (text, n) {
     var u = new SpeechSynthesisUtterance(text);
     u.lang = "zh-CN"; u.voice = voice(); u.rate = 0.9;
     if (n === parts.length - 1) u.onend = function () { say(false); };
     s.speak(u);
    });
   });
  }
  if (!s || !tools) return;
  add();
  s.onvoiceschanged = add;
  on(window, function () { s.cancel(); }, "pagehide");
 });
 // Quiz. The guard stands at the last answer, and nowhere else.
 part(function () {
  var guard, quiz = one(".quiz"), closing = one(".closing .guard");
  function cheer(says, right) {
   if (!guard) { guard = make("img", "guard", ""); guard.alt = ""; guard.width = 72; guard.height = 84; }
   guard.src = quiz.getAttribute(right ? "data-right" : "data-wrong");
   says.parentNode.insertBefore(guard, says);
   if (closing) closing.hidden = true;
  }
  all("[data-quiz]").forEach(function (q) {
   var right = q.getAttribute("data-quiz") - 1, says = one(".verdict", q), answer = one("details", q), list = all(".options li", q);
   one(".options", q).classList.add("live");
   list.forEach(function (li, n) {
    var b = make("button", "", li.textContent);
    li.textContent = "";
    on(li.appendChild(b), function () {
     list.forEach(function (o, m) { o.className = m === right ? "right" : m === n ? "wrong" : ""; });
     says.className = "verdict " + li.className;
     says.textContent = (n === right ? "答对了。" : "没关系，这里容易看错。应选 " + "ABCDEF"[right] + "。") + answer.lastElementChild.textContent;
     cheer(says, n === right);
     answer.hidden = true;
    });
   });
  });
 });
 part(function () {
  if (navigator.clipboard) all("[data-copy]").forEach(function (code) {
   var b = code.parentNode.appendChild(make("button", "btn small", "复制"));
   on(b, function () {
    navigator.clipboard.writeText(code.textContent).then(function () { b.textContent = "已复制"; }, function () { b.textContent = "请手选"; });
   });
  });
 });
})(document);
