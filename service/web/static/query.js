// Progressive: the page works without this file. While a query is typed it asks the server what it
// says of it, and puts the answer's parts in place of those on the page.
"use strict";

(() => {
  const form = document.getElementById("query-form");
  if (!form) return;
  const text = form.elements.text;
  const marks = form.querySelector(".code-marks");
  const status = document.getElementById("draft-status");
  const rows = document.getElementById("test-rows");
  const say = (words) => { if (status) status.textContent = words; };

  document.documentElement.classList.add("scripted");

  // The server counts characters, a browser counts UTF-16 units: an emoji is one there, two here.
  function unit(place) {
    let at = 0, units = 0;
    for (const sign of text.value) {
      if (at >= place) break;
      at += 1;
      units += sign.length;
    }
    return units;
  }

  // The textarea lies on a copy of its text that carries the marks.
  function paint() {
    if (!marks) return;
    const told = [...document.querySelectorAll("#feedback [data-start]")].map((each) => ({
      start: unit(Number(each.dataset.start)),
      end: unit(Number(each.dataset.end)),
      kind: each.dataset.kind,
    }));
    marks.replaceChildren();
    let at = 0;
    for (const { start, end, kind } of told.sort((a, b) => a.start - b.start)) {
      if (start < at) continue;
      const stop = Math.max(end, start + 1);
      marks.append(text.value.slice(at, start));
      const mark = document.createElement("mark");
      mark.className = kind;
      mark.textContent = text.value.slice(start, stop) || " ";
      marks.append(mark);
      at = stop;
    }
    marks.append(text.value.slice(at), "\n");
    marks.scrollTop = text.scrollTop;
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  }

  let waiting = null, asking = null;

  async function look(what) {
    clearTimeout(waiting);
    asking?.abort();
    asking = new AbortController();
    const mine = asking;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, value);
    body.set("do", what);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", signal: mine.signal });
      if (answer.redirected) { say("You are signed out. Copy what you wrote, then sign in again."); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) { say(page.querySelector("main p:not(.quiet)")?.textContent ?? "The server could not look at it."); return; }
      for (const fresh of page.querySelectorAll("[data-part]")) {
        const old = document.getElementById(fresh.id);
        if (!old) continue;
        const open = old.querySelector("details")?.open;
        old.replaceWith(document.adoptNode(fresh));
        if (open && fresh.querySelector("details")) fresh.querySelector("details").open = true;
      }
      say("");
      paint();
      if (what === "preview") document.getElementById("previewed")?.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name !== "AbortError") say("No connection: what is shown may be older than what you wrote.");
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(() => look("check"), 350);
  }

  function number() {
    [...rows.children].forEach((row, index) => {
      row.querySelector(".outcome").id = `outcome-${index}`;
      row.querySelector("[data-remove]").value = `remove-${index}`;
    });
  }

  form.addEventListener("input", () => { paint(); grow(); later(); });
  text.addEventListener("scroll", () => { if (marks) marks.scrollTop = text.scrollTop; });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-preview]")) {
      event.preventDefault();
      say("Reading the last 30 days …");
      look("preview");
    } else if (button?.matches("[data-add]")) {
      event.preventDefault();
      rows.append(document.getElementById("test-template").content.cloneNode(true));
      number();
      rows.lastElementChild.querySelector("textarea").focus();
    } else if (button?.matches("[data-remove]")) {
      event.preventDefault();
      button.closest("li").remove();
      number();
      look("check");
    } else {
      const remark = event.target.closest("[data-start]");
      if (!remark) return;
      text.focus();
      text.setSelectionRange(unit(Number(remark.dataset.start)), unit(Number(remark.dataset.end)));
    }
  });

  grow();
  paint();
})();
