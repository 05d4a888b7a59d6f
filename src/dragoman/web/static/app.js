// Comforts only: without this file every page works. Nothing is fetched, nothing is sent.
"use strict";
(() => {
  const root = document.documentElement;
  const KEY = "dragoman-theme";
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const dress = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  dress(stored());

  const GOES = { h: "/", t: "/timeline", p: "/positions", m: "/meetings", s: "/statements", r: "/reports" };
  const STOPS = ".note, .saying, .meeting, .agreement, .comparison, .family, .event, .contexts > li, .list tbody tr";
  let going = false;

  const step = (by) => {
    const stops = [...document.querySelectorAll(STOPS)];
    if (!stops.length) return;
    const here = stops.indexOf(document.activeElement.closest(STOPS));
    const next = stops[Math.min(stops.length - 1, Math.max(0, here + by))];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "center" });
  };

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (going) {
      going = false;
      if (GOES[event.key]) location.href = GOES[event.key];
      return;
    }
    if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1200); }
    else if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") location.href = "/help";
  };

  // A note lights up its words, and the words their note.
  const light = (event, on) => {
    const note = event.target.closest(".note");
    const ref = event.target.closest(".ref");
    const number = note ? note.id.slice(1) : ref ? ref.hash.slice(2) : null;
    if (number === null) return;
    const pieces = document.querySelectorAll(`#m${number}, [data-of="m${number}"], #n${number}`);
    pieces.forEach((piece) => piece.classList.toggle("near", on));
  };

  document.addEventListener("DOMContentLoaded", () => {
    const theme = document.querySelector(".theme");
    theme.hidden = false;
    const chosen = theme.querySelector(`[value="${root.dataset.theme || "auto"}"]`);
    chosen.checked = true;
    theme.addEventListener("change", (event) => {
      dress(event.target.value);
      try { localStorage.setItem(KEY, event.target.value); } catch { /* for this page only */ }
    });
    document.addEventListener("keydown", keys);
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      document.addEventListener(name, (event) => light(event, on));
    }
    // On wide screens the filters stand open beside the list.
    if (matchMedia("(min-width: 62rem)").matches) {
      document.querySelectorAll(".filters .fold").forEach((fold) => { fold.open = true; });
    }
    // On others, one citation's list closes when another opens.
    document.addEventListener("toggle", (event) => {
      if (!event.target.matches(".rest") || !event.target.open) return;
      document.querySelectorAll(".rest[open]").forEach((rest) => { if (rest !== event.target) rest.open = false; });
    }, true);
  });
})();
