/* A document becomes a live page: when it stands, the framework is started behind it, and what it has drawn takes its place
   whole. Without a seat, a connection or the reader's wish the document stays as it is, and one line says why.
   Knows of the framework: its root, its main container, its charts, `data-test-script-state`. */
"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("live-plan").textContent);
  const page = document.getElementById("document"), line = document.getElementById("state");
  const KEY = "documents", LATEST = 2000, PATIENCE = 30000, CHARTS = 8000, STILL = 400, SURE = 3000;
  const say = (why) => { line.textContent = why ? plan.words[why] : ""; line.hidden = !why; };
  const wish = () => { try { return localStorage.getItem(KEY); } catch { return null; } };

  // Back and forward within the history of a live page: the address is another, so is the document.
  const bare = () => location.href.split("#")[0];
  let asked = bare();
  addEventListener("popstate", () => { if (page.isConnected && bare() !== asked) location.reload(); });

  // The choice stands at the foot of the page, live or not.
  const showChoice = () => {
    for (const choice of document.querySelectorAll(".lfr-choice[hidden]")) {
      choice.hidden = false;
      for (const button of choice.querySelectorAll("button")) button.hidden = (button.value === "only") === (wish() === "only");
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".lfr-choice button");
    if (!button) return;
    try { if (button.value === "only") localStorage.setItem(KEY, "only"); else localStorage.removeItem(KEY); } catch { return; }
    location.reload();
  });
  showChoice();

  // A link into what is folded opens it.
  const unfold = () => {
    const part = page.isConnected ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let fold = part?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of part?.querySelectorAll(":scope > details") ?? []) fold.open = true;
  };
  unfold();
  addEventListener("hashchange", unfold);
  if (wish() === "only") { say("chosen"); return; }

  // 1. The framework starts when the reader does something, or a moment after the document stands.
  const signs = ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"];
  let started = false;
  const start = async () => {
    if (started) return;
    started = true;
    for (const sign of signs) removeEventListener(sign, soon, true);
    let seat = null;
    try { seat = await fetch(plan.seat, { cache: "no-store" }); } catch { /* told below */ }
    if (!seat?.ok) { say(seat?.status === 503 ? "full" : "cut"); return; }
    mount();
  };
  const soon = () => (window.requestIdleCallback ?? ((then) => setTimeout(then, 50)))(start, { timeout: 500 });
  const wait = () => {
    for (const sign of signs) addEventListener(sign, soon, { capture: true, passive: true });
    setTimeout(soon, LATEST);
  };
  if (document.readyState === "complete") wait(); else addEventListener("load", wait);

  // 2. Its files, in the order in which its own start page names them.
  const root = Object.assign(document.createElement("div"), { id: "root" });
  const add = (tag, attributes) => document.head.append(Object.assign(document.createElement(tag), attributes));
  const mount = () => {
    // The framework knows no paths within a page: a force is a parameter to it. The server leads that address back.
    const force = location.pathname.match(/^\/forces\/(\w+)$/)?.[1];
    if (force) {
      const query = new URLSearchParams(location.search);
      query.set("force", force);
      history.replaceState(history.state, "", `/forces?${query}${location.hash}`);
      asked = bare();
    }
    document.body.classList.add("drawing");
    document.body.append(root);
    for (const href of plan.preloads) add("link", { rel: "modulepreload", crossOrigin: "", href });
    for (const href of plan.styles) add("link", { rel: "stylesheet", crossOrigin: "", href });
    add("script", { src: plan.site, async: false, onload: () => add("script", { type: "module", crossOrigin: "", src: plan.module }) });
    const since = performance.now();
    const look = setInterval(() => {
      if (performance.now() - since > PATIENCE && line.hidden) say("cut");
      if (hasFailed()) {
        // Between two runs a warning can be there before the heading: only what stays so has failed.
        failedAt ??= performance.now();
        if (performance.now() - failedAt > SURE) { clearInterval(look); say("failed"); }
        return;
      }
      failedAt = null;
      if (!isDrawn() || isInUse()) return;
      clearInterval(look);
      swap();
    }, 100);
  };
  const state = () => root.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
  const hasFailed = () => state() === "notRunning" && root.querySelector('[data-testid="stAlert"], [data-testid="stException"]') && !root.querySelector("h1");
  let drawnAt = null, failedAt = null;
  const isDrawn = () => {
    const main = root.querySelector(".stMain");
    if (state() !== "notRunning" || !main?.querySelector("h1") || !main.querySelector(".stHtml")) { drawnAt = null; return false; }
    drawnAt ??= performance.now();
    const charts = [...main.querySelectorAll('[data-testid="stPlotlyChart"], [data-testid="stSkeleton"]')];
    return charts.every((chart) => chart.querySelector(".main-svg")) ? performance.now() - drawnAt > 150 : performance.now() - drawnAt > CHARTS;
  };

  // 3. Never while a control of the document is in use: what a reader has chosen and not sent, marked or is just reaching for.
  let pressed = false, scrolled = 0;
  addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; }, true);
  addEventListener("scroll", () => { scrolled = performance.now(); }, { capture: true, passive: true });
  const isChanged = (field) => field.type === "checkbox" ? field.checked !== field.defaultChecked
    : field.options ? [...field.options].some((option) => option.selected !== option.defaultSelected) : field.value !== field.defaultValue;
  const isInUse = () => {
    const focused = document.activeElement;
    if (pressed || performance.now() - scrolled < STILL || page.querySelector(".lfr-several[open]")) return true;
    if (page.contains(focused) && focused.matches('select, input:not([type="radio"]), button')) return true;
    if (!getSelection().isCollapsed) return true;
    return [...document.forms.filters?.elements ?? []].some((field) => field.matches("select, input") && isChanged(field));
  };

  // 4. The page takes the document's place: where it was scrolled to, what had the focus, what was opened.
  const nth = (from, to, selector, element) => to.querySelectorAll(selector)[[...from.querySelectorAll(selector)].indexOf(element)];
  const swap = () => {
    const main = root.querySelector(".stMain"), old = page.querySelector(".stMain");
    const opened = [...old.querySelectorAll("details")].map((fold) => [fold.open, fold.querySelector("summary")?.textContent.trim()]);
    const tabs = [...old.querySelectorAll(".lfr-tabs input:checked")].map((tab) => [tab.name, tab.className]);
    const top = scrollY > 0 ? [...old.querySelectorAll("[id]")].map((part) => [part.id, part.getBoundingClientRect().top])
      .filter(([id]) => id && main.querySelector(`#${CSS.escape(id)}`)).sort((one, other) => Math.abs(one[1]) - Math.abs(other[1]))[0] : null;
    const scrolls = [...old.querySelectorAll(".lfr-scroll")].map((box) => [box.scrollLeft, box.scrollTop]);
    const at = scrollY, focused = page.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && ["a[href]", ".lfr-tabs input", ".lfr-scroll", "summary"].filter((selector) => focused.matches(selector))
      .map((selector) => nth(page, root, `.stHtml ${selector}`, focused)).find((element) => element);
    page.remove();
    document.body.classList.remove("drawing", "lfr-document");
    showChoice();  // before the page is scrolled to where it was: it is a line of its height
    for (const [name, chosen] of tabs) {
      const tab = root.querySelector(`.lfr-tabs input[name="${CSS.escape(name)}"].${chosen}`);
      if (tab && !tab.checked) { tab.checked = true; tab.dispatchEvent(new Event("change", { bubbles: true })); }
    }
    const folds = [...main.querySelectorAll("details")];
    for (const [open, words] of opened) {
      const place = folds.findIndex((fold) => fold.querySelector("summary")?.textContent.trim() === words);
      const fold = place < 0 ? null : folds.splice(place, 1)[0];
      if (!fold || fold.open === open) continue;
      // The framework opens its own itself.
      if (fold.closest('[data-testid="stExpander"]')) fold.querySelector("summary").click(); else fold.open = open;
    }
    main.querySelectorAll(".lfr-scroll").forEach((box, place) => { if (scrolls[place]) [box.scrollLeft, box.scrollTop] = scrolls[place]; });
    scrollTo(0, 0);
    const part = top && main.querySelector(`#${CSS.escape(top[0])}`);
    main.scrollTop = part ? main.scrollTop + part.getBoundingClientRect().top - top[1] : at;
    again?.focus({ preventScroll: true });
    document.documentElement.dataset.live = "yes";
    new MutationObserver(showChoice).observe(root, { subtree: true, childList: true });
  };
})();
