// Progressive: the search works without this file. While it is typed, the server is asked what is
// wrong with it, and the answer is put under the box.
"use strict";

(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const box = form.elements.query;
  let waiting = null, asking = null;

  // The server counts characters, a browser counts UTF-16 units: an emoji is one there, two here.
  function unit(place) {
    return [...box.value].slice(0, place).join("").length;
  }

  async function look() {
    asking?.abort();
    asking = new AbortController();
    const told = new URLSearchParams({ query: box.value, brand: form.elements.brand.value });
    try {
      const answer = await fetch(`${form.dataset.check}?${told}`, { credentials: "same-origin", signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("search-told");
      const old = document.getElementById("search-told");
      // The box that a reader listens to stays; what is in it changes.
      old.replaceChildren(...document.adoptNode(fresh).childNodes);
      if (old.querySelector(".remark")) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    } catch {
      // Without an answer the search itself will tell.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 350);
  });

  form.addEventListener("click", (event) => {
    const remark = event.target.closest("[data-start]");
    if (!remark) return;
    box.focus();
    box.setSelectionRange(unit(Number(remark.dataset.start)), unit(Number(remark.dataset.end)));
  });

  document.documentElement.classList.add("scripted");
})();
