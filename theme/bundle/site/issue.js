// Search within the issue and marks of what has expired; the pages are whole without it. Everything it knows stands in data.js.
"use strict";
(() => {
  const data = window.pubhubIssue || { fold: "", pieces: [] };
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  for (const mark of document.querySelectorAll("[data-expires]"))
    if (mark.dataset.expires && mark.dataset.expires < day) {
      mark.className = "badge off";
      mark.textContent = "已过期";
    }

  const box = document.querySelector("[data-search]");
  if (!box || !data.pieces.length) return;
  const folds = new Map();
  const pairs = Array.from(data.fold);
  for (let n = 0; n + 1 < pairs.length; n += 2) folds.set(pairs[n], pairs[n + 1]);
  // One character stays one, so that a place found in the folded text is the same place in the text.
  const fold = (text) => Array.from(text, (c) => {
    const wide = c.normalize("NFKC").toLowerCase();
    const one = wide.length === c.length ? wide : c;
    return folds.get(one) || one;
  }).join("");
  const pieces = data.pieces.map(([file, column, title, text]) => ({ file, column, title, text, folded: fold(text), head: fold(title) }));

  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const input = make("input", { type: "search", id: "q", autocomplete: "off", placeholder: "如：退款、验证码" });
  const status = make("p", { className: "found" });
  const list = make("ol", { className: "hits" });
  status.setAttribute("role", "status");
  box.setAttribute("role", "search");
  box.append(make("label", { htmlFor: "q", textContent: "在本期里搜索" }), input, status, list);

  const marked = (text, folded, words) => {
    const first = Math.min(...words.map((w) => folded.indexOf(w)).filter((at) => at >= 0));
    const from = Number.isFinite(first) ? Math.max(0, first - 24) : 0;
    const to = Math.min(text.length, from + 96);
    const parts = [from ? "…" : ""];
    let at = from;
    while (at < to) {
      const next = words.map((w) => [folded.indexOf(w, at), w.length]).filter(([p]) => p >= 0 && p < to).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      parts.push(text.slice(at, next[0]), make("mark", { textContent: text.slice(next[0], next[0] + next[1]) }));
      at = next[0] + next[1];
    }
    parts.push(text.slice(at, to), to < text.length ? "…" : "");
    return parts;
  };

  const search = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) {
      status.textContent = "";
      return;
    }
    const hits = pieces
      .filter((p) => words.every((w) => p.head.includes(w) || p.folded.includes(w)))
      .map((p, n) => [words.filter((w) => p.head.includes(w)).length, n, p])
      .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    status.textContent = hits.length ? `找到 ${hits.length} 篇` : "本期没有找到，换个说法试试";
    for (const [, , p] of hits)
      list.append(make("li", {}, make("a", { href: p.file, textContent: p.title }), make("small", { textContent: p.column }), make("p", {}, ...marked(p.text, p.folded, words))));
  };
  input.addEventListener("input", search);
})();
