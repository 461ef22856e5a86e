// Progressive: every page works without this file. It shows local times, copies a text, and swaps
// the main part for a fresh one when the server says that something changed.
"use strict";

(() => {
  const status = document.getElementById("live-status");
  const say = (text) => { if (status) status.textContent = text; };

  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const hour = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "numeric" });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

  function length(seconds) {
    const minutes = Math.floor(seconds / 60), hours = Math.floor(seconds / 3600), days = Math.floor(seconds / 86400);
    if (minutes < 60) return `${minutes} min`;
    if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
    return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
  }

  // The page's own clock may be set wrong: count from what the server said at rendering.
  const began = performance.now();
  let serverNow = Number(document.body.dataset.now || 0) * 1000 || Date.now();
  let readAt = began;
  const now = () => serverNow + (performance.now() - readAt);

  function times(root) {
    for (const each of root.querySelectorAll("time[datetime]")) {
      const at = new Date(each.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      if ("local" in each.dataset) each.textContent = day.format(at);
      if ("hour" in each.dataset) each.textContent = hour.format(at);
      if ("relative" in each.dataset) {
        const seconds = (now() - at.getTime()) / 1000;
        // Whole minutes, to the nearest: a deadline in 2:59 is in 3 minutes.
        const far = Math.abs(seconds) < 60 ? Math.abs(seconds) : 60 * Math.round(Math.abs(seconds) / 60);
        const told = far < 60 ? `${Math.floor(far)} s` : length(far);
        each.textContent = far < 45 ? "now" : seconds > 0 ? `${told} ago` : `in ${told}`;
      }
      each.title = full.format(at);
    }
  }

  function copies(root) {
    for (const button of root.querySelectorAll("button[data-copy]")) {
      if (!navigator.clipboard) continue;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
        try {
          await navigator.clipboard.writeText(text);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Select the text and copy it by hand";
        }
      });
    }
  }

  // What the reader has typed and unfolded is theirs: it survives the swap.
  function remember(main) {
    const typed = new Map();
    for (const field of main.querySelectorAll("textarea[id], input[id]")) typed.set(field.id, field.value);
    const open = [...main.querySelectorAll("details")].map((each) => each.open);
    const focus = document.activeElement;
    const inside = main.contains(focus) && focus.id ? { id: focus.id, start: focus.selectionStart, end: focus.selectionEnd } : null;
    return (fresh) => {
      for (const [id, value] of typed) {
        const field = fresh.querySelector(`#${CSS.escape(id)}`);
        if (field) field.value = value;
      }
      [...fresh.querySelectorAll("details")].forEach((each, index) => { each.open = open[index] ?? each.open; });
      if (inside) {
        const field = document.getElementById(inside.id);
        field?.focus({ preventScroll: true });
        if (field?.setSelectionRange && inside.start !== null) field.setSelectionRange(inside.start, inside.end);
      }
    };
  }

  let fetching = false, again = false;

  async function swap() {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      if (answer.redirected && new URL(answer.url).pathname === "/login") { location.assign(answer.url); return; }
      if (!answer.ok) { say("This page could not be refreshed."); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("main"), old = document.getElementById("main");
      if (!fresh || !old) return;
      const restore = remember(old);
      serverNow = Number(page.body.dataset.now || 0) * 1000 || Date.now();
      readAt = performance.now();
      document.title = page.title;
      old.replaceWith(document.adoptNode(fresh));
      dress(fresh);
      restore(fresh);
      say(`Updated ${new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(new Date(now()))}`);
    } catch {
      say("No connection. Trying again.");
    } finally {
      fetching = false;
      if (again) { again = false; setTimeout(swap, 2000); }
    }
  }

  let stream = null, waiting = null;

  function listen() {
    const main = document.getElementById("main");
    if (!main?.dataset.live || stream || document.hidden) return;
    const seen = encodeURIComponent(main.dataset.seen ?? "");
    stream = new EventSource(`${main.dataset.live}?seen=${seen}`);
    let first = main.dataset.seen === "";
    stream.addEventListener("hello", () => { document.documentElement.dataset.live = "on"; say("Live"); });
    stream.addEventListener("changed", () => {
      // A list that carries no mark of its own learns it from the first event.
      if (first) { first = false; return; }
      swap();
    });
    stream.addEventListener("ended", () => { silence(); location.reload(); });
    stream.onerror = () => {
      document.documentElement.dataset.live = "off";
      say("Live updates are interrupted. Trying again.");
      if (stream?.readyState === EventSource.CLOSED) { silence(); waiting = setTimeout(() => { swap(); listen(); }, 10000); }
    };
  }

  function silence() {
    stream?.close();
    stream = null;
    clearTimeout(waiting);
  }

  // A tab that nobody looks at holds no connection: browsers allow six to one host.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) silence();
    else if (document.getElementById("main")?.dataset.live) { swap(); listen(); }
  });

  // One click, one request: a second tap on a slow line must not act twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  function dress(root) { times(root); copies(root); }

  dress(document);
  setInterval(() => times(document), 15000);
  listen();
})();
