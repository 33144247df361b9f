// In every page of the preview: reloads when this page has changed, and says in a bar what readers would not see.
"use strict";
(() => {
  const own = document.currentScript;
  const { version, page } = own.dataset;
  const place = "hub-place:" + location.pathname;
  const bar = document.createElement("aside");
  bar.className = "hub-bar";
  bar.setAttribute("role", "status");
  bar.setAttribute("aria-label", "预览");
  let seen = "", source = null;

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_hub/preview.css";
  if (!document.querySelector('link[href="/_hub/preview.css"]')) document.head.append(style);

  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    const back = () => scrollTo({ top: Number(kept) + height(), behavior: "instant" });
    back();
    addEventListener("load", back);
  }

  // The bar comes after the text and moves it down: a place is kept without it.
  function height() { return bar.isConnected ? bar.offsetHeight : 0; }

  function reload() {
    sessionStorage.setItem(place, String(Math.max(0, scrollY - height())));
    location.reload();
  }

  function show({ kind, text, more }) {
    if (!kind) { bar.remove(); return; }
    const link = document.createElement("a");
    link.href = "/_hub/";
    link.textContent = more;
    const words = document.createElement("span");
    words.textContent = text;
    bar.dataset.kind = kind;
    bar.replaceChildren(words, ...(more ? [link] : []));
    if (!bar.isConnected) document.body.prepend(bar);
  }

  async function look(mark) {
    if (mark === seen) return;
    seen = mark;
    try {
      const answer = await fetch("/_hub/status?page=" + encodeURIComponent(page));
      const status = await answer.json();
      if (status.version !== version) reload();
      else show(status);
    } catch {
      // The preview went away in the middle; the channel comes back with it.
      seen = "";
    }
  }

  // Six tabs are all that a browser connects to one host: those that nobody sees let go.
  function listen() {
    if (document.hidden) { source?.close(); source = null; return; }
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource("/_hub/events");
    source.onmessage = (event) => look(event.data);
    source.onerror = () => { if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 500); };
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", (event) => { if (event.persisted) { seen = ""; listen(); } });
  listen();
})();
