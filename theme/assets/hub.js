/* Adds comfort to pages that work without it: text size, colours, reading aloud, life of alerts, quiz, copy. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  function all(selector, inside) { return Array.prototype.slice.call((inside || doc).querySelectorAll(selector)); }
  function make(tag, cls, text) { var e = doc.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; }
  function attempt(f) { try { f(); } catch (e) { /* The page works without it. */ } }

  // Text size and colours.
  function get(name) { return root.getAttribute("data-" + name) || ""; }
  function set(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
    attempt(function () { if (value) localStorage.setItem("pubhub-" + name, value); else localStorage.removeItem("pubhub-" + name); });
    show();
  }
  function show() {
    all("[data-set] button").forEach(function (b) { b.setAttribute("aria-pressed", String(b.value === get(b.parentNode.getAttribute("data-set")))); });
    all("[data-bigger]").forEach(function (b) { b.textContent = { "": "字大一点", large: "字再大一点", huge: "恢复标准字" }[get("size")]; });
  }
  attempt(function () {
    all("[data-set] button").forEach(function (b) { b.addEventListener("click", function () { set(b.parentNode.getAttribute("data-set"), b.value); }); });
    all("[data-tools]").forEach(function (t) {
      var b = make("button", "btn"); b.type = "button"; b.setAttribute("data-bigger", "");
      b.addEventListener("click", function () { set("size", { "": "large", large: "huge", huge: "" }[get("size")]); });
      t.appendChild(b);
    });
    show();
  });

  // Menus close on Escape and on a tap elsewhere; the contents list is open beside the text.
  attempt(function () {
    var pops = all("details.pop");
    doc.addEventListener("click", function (e) { pops.forEach(function (p) { if (!p.contains(e.target)) p.open = false; }); });
    doc.addEventListener("keydown", function (e) {
      if (e.key === "Escape") pops.forEach(function (p) { if (p.open) { p.open = false; p.querySelector("summary").focus(); } });
    });
    if (matchMedia("(min-width: 68.75em)").matches) all("details.toc").forEach(function (t) { t.open = true; });
  });

  // Alerts and events whose day has passed since the site was built.
  attempt(function () {
    var d = new Date(), today = d.getFullYear() + "-" + ("0" + (d.getMonth() + 1)).slice(-2) + "-" + ("0" + d.getDate()).slice(-2);
    function over(attr, word) {
      all("[" + attr + "]").forEach(function (e) {
        var day = e.getAttribute(attr);
        if (today <= day) return;
        if (e.tagName === "ARTICLE") {
          if (attr === "data-expires" && !e.querySelector(".life")) {
            var box = make("section", "life");
            box.appendChild(make("p", "life-title", word));
            box.appendChild(make("p", "", "这条风险提示的有效期到 " + day + " 为止。手法可能已有变化，识别办法仍可参考。"));
            e.querySelector(".item-main").insertBefore(box, e.querySelector(".item-main").firstChild);
          }
          all(".item-head", e).forEach(function (h) { h.className = "item-head" + (attr === "data-expires" ? " sev-off" : ""); });
        }
        var mark = e.querySelector(".badge");
        if (mark) { mark.className = "badge off"; mark.textContent = word; }
        var current = e.closest("[data-current]"), urgent = e.closest("[data-urgent]");
        if (e.tagName === "LI") e.classList.add("is-off");
        if (current) {
          e.remove();
          all("[data-current-count]").forEach(function (n) { n.textContent = Math.max(0, parseInt(n.textContent, 10) - 1) || ""; });
          if (!current.querySelector("li")) all("[data-current-none]").forEach(function (n) { n.hidden = false; });
        } else if (urgent) {
          var rest = doc.querySelector("[data-urgent] ~ section .lines");
          if (rest) rest.insertBefore(e, rest.firstChild);
          if (!urgent.querySelector("li")) urgent.remove();
        }
      });
    }
    over("data-expires", "已过期");
    over("data-ends", "已结束");
  });

  // The slim help bar stays away while the large one is in sight.
  attempt(function () {
    var big = doc.querySelector(".sos");
    if (big && window.IntersectionObserver) new IntersectionObserver(function (seen) {
      root.classList.toggle("sos-seen", seen[seen.length - 1].isIntersecting);
    }).observe(big);
  });

  // Reading aloud.
  attempt(function () {
    var s = window.speechSynthesis, tools = doc.querySelector("[data-tools]"), button;
    if (!s || !tools || !window.SpeechSynthesisUtterance) return;
    function voice() { return s.getVoices().filter(function (v) { return /^(zh|cmn)/i.test(v.lang) && !/HK|TW|yue/i.test(v.lang); })[0]; }
    function stop() { s.cancel(); button.textContent = "朗读"; button.setAttribute("aria-pressed", "false"); }
    function add() {
      if (button || !voice()) return;
      button = make("button", "btn", "朗读"); button.type = "button"; button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", function () {
        if (button.getAttribute("aria-pressed") === "true") return stop();
        s.cancel();
        var parts = all("h1, .plain li, .todo h2, .steps li, .prose h2, .prose h3, .prose p, .prose li, .prose td, .prose dd").map(function (e) {
          return e.parentNode.closest(".prose li, .prose td, .footnote") ? "" : e.textContent.trim();
        }).join("\n").match(/[^。！？；\n]{1,160}[。！？；]?/g) || [];
        parts.forEach(function (text, n) {
          var u = new SpeechSynthesisUtterance(text);
          u.lang = "zh-CN"; u.voice = voice(); u.rate = 0.9;
          if (n === parts.length - 1) u.onend = stop;
          s.speak(u);
        });
        button.textContent = "停止朗读"; button.setAttribute("aria-pressed", "true");
      });
      tools.insertBefore(button, tools.firstChild);
    }
    add();
    if (s.addEventListener) s.addEventListener("voiceschanged", add); else s.onvoiceschanged = add;
    addEventListener("pagehide", function () { s.cancel(); });
  });

  // Quiz.
  attempt(function () {
    all("[data-quiz]").forEach(function (q) {
      var right = +q.getAttribute("data-quiz"), says = q.querySelector(".verdict"), answer = q.querySelector("details");
      all(".options li", q).forEach(function (li, n) {
        var b = make("button", "", li.textContent); b.type = "button";
        li.textContent = ""; li.appendChild(b);
        b.addEventListener("click", function () {
          var ok = n + 1 === right;
          all(".options li", q).forEach(function (o) { o.className = ""; });
          li.className = ok ? "right" : "wrong";
          says.className = "verdict " + (ok ? "right" : "wrong");
          says.textContent = (ok ? "答对了。" : "不对，再想想。") + (ok ? answer.querySelector("p:last-child").textContent : "");
          if (!ok) answer.open = false; else answer.hidden = true;
        });
      });
    });
  });

  // Copy a check sum.
  attempt(function () {
    if (!navigator.clipboard) return;
    all("[data-copy]").forEach(function (code) {
      var b = make("button", "btn small", "复制"); b.type = "button"; b.setAttribute("aria-live", "polite");
      b.addEventListener("click", function () {
        navigator.clipboard.writeText(code.textContent).then(function () { b.textContent = "已复制"; }, function () { b.textContent = "请手工选取"; });
      });
      code.parentNode.appendChild(b);
    });
  });
})();
