/* What the framework's page does not do by itself, from outside it. Loaded before the framework's scripts.
   Knows of the framework: its root, its main container, `data-test-script-state` and `data-test-connection-state`.
   Where one of these is gone in a new version, that piece falls silent and the page works as the framework makes it. */
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const app = () => one('[data-testid="stApp"]');
  const main = () => one('[data-testid="stMain"]');
  // The run has ended, and the pieces that show text have come: all texts appear together, charts later.
  const drawn = () => app()?.dataset.testScriptState === "notRunning" && !!main()?.querySelector("h1")
    && !!(main().querySelector('[data-testid="stHtml"]') || !main().querySelector('[data-testid="stSkeleton"]'));

  // One origin answers everything: the framework need not probe for it, and takes messages from no other site.
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin + "/", MAIN_PAGE_BASE_URL: location.origin + "/",
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false, enableCustomParentMessages: false,
      enforceDownloadInNewTab: false, metricsUrl: "", blockErrorDialogs: !!one("#lost"), resourceCrossOriginMode: null },
  };

  // 1. While the document of a page stands before it (document.js takes it away), the page is not yet the reader's.
  const first = () => one("#document");

  // 2. History. The framework writes filters into the address, now with a new entry, now over the old one. Here: what a
  //    reader did is an entry, once; what the page itself mends in the address is none, or Back would lead in circles.
  const QUIET = 500;
  const SCROLLS = "scrolls";
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let acted = false, pushed = -QUIET, shown = location.href, goal = null, until = 0;
  const scrolls = JSON.parse(sessionStorage.getItem(SCROLLS) || "{}");
  const keyed = (state, key) => ({ ...state, entry: key });
  const keepScroll = () => {
    // While the framework exchanges what is shown, the place is nobody's.
    if (history.state?.entry && goal === null && drawn() && !first()) scrolls[history.state.entry] = main().scrollTop;
  };
  const write = (framework) => (state, title, url) => {
    const next = new URL(url ?? location.href, location.href), now = performance.now();
    const moved = next.pathname !== location.pathname, asked = !moved && next.search !== location.search;
    let adds = framework === push;
    // Going to another page, the framework first empties the query and then changes the path: one act, one entry, so
    // that the page which is left keeps its query.
    if (moved) adds = adds && acted;
    if (asked) {
      adds = acted && now - pushed >= QUIET;
      if (acted) pushed = now;
    }
    // What follows by itself from the same act is part of it.
    if (asked || moved) acted = false;
    const key = adds ? crypto.randomUUID?.() ?? String(Math.random()) : history.state?.entry;
    (adds ? push : replace)(keyed(state, key), title, url);
    afterMove();
  };
  history.pushState = write(push);
  history.replaceState = write(replace);
  if (!history.state?.entry) replace(keyed(history.state, "start-" + Date.now()), "");
  for (const kind of ["pointerdown", "keydown", "click", "change"]) {
    addEventListener(kind, (event) => {
      acted ||= !(event.altKey || event.metaKey);
      keepScroll();
    }, true);
  }
  addEventListener("popstate", () => {
    acted = false;
    if (location.href.split("#")[0] === shown.split("#")[0]) return;
    // Without a connection the framework cannot draw what the address asks for: loading it does, or says why not.
    if (app()?.dataset.testConnectionState !== "CONNECTED") { location.reload(); return; }
    afterMove();
    awaitScroll();
  });
  const afterMove = () => {
    shown = location.href;
    const language = new URLSearchParams(location.search).get("lang");
    document.documentElement.lang = language === "cy" ? "cy" : "en-GB";
  };

  // A link that is there to be copied goes into the clipboard; where there is none, it is followed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-copy]");
    if (!link || !navigator.clipboard || event.button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    navigator.clipboard.writeText(link.href).then(() => { link.dataset.copied = "yes"; }, () => { location.href = link.href; });
  }, true);

  // A link to another view of the site is followed here, without loading the site again: the framework draws whatever page
  // an entry of the history names. The other language has a start page of its own; files and other sites are the browser's.
  const pages = () => new Set([...document.querySelectorAll(".lfr-menu a")].map((link) => link.pathname));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-testid="stHtml"] a[href]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download") || link.hreflang) return;
    if (link.href.split("#")[0] === location.href.split("#")[0] || !pages().has(link.pathname)) return;
    if (app()?.dataset.testConnectionState !== "CONNECTED") return;
    event.preventDefault();
    keepScroll();
    acted = true;
    pushed = -QUIET;
    history.pushState(history.state, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    goal = 0;
    until = performance.now() + 8000;
    aim = readHash() || null;
    aimed = null;
    if (aim) goal = null;
    main().focus({ preventScroll: true });
  });

  // 3. Scrolling happens in the framework's main container, which the browser does not restore.
  const awaitScroll = () => {
    goal = scrolls[history.state?.entry] ?? 0;
    until = performance.now() + 8000;
  };
  const scrollBack = () => {
    if (goal === null || performance.now() > until) { goal = null; return; }
    if (!drawn() || first()) return;
    main().scrollTop = goal;
    if (Math.abs(main().scrollTop - goal) < 2) goal = null;
  };
  // A link to a part of a page leads there once it is drawn, and stays while what stands above is still growing; the reader ends it.
  const LONGEST_AIM = 5000;
  const readHash = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } };
  // A document has led there already.
  const followed = !!first();
  let aim = followed ? null : readHash() || null, aimed = null;
  // What a link leads to is shown, be it folded away or the heading of what is.
  const unfold = (part) => {
    for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of part.querySelectorAll(":scope > details")) fold.open = true;
  };
  const aimAt = () => {
    if (aim === null || goal !== null || !drawn() || first()) return;
    const part = document.getElementById(aim);
    if (!part) return;
    if (aimed === null) unfold(part);
    aimed ??= performance.now();
    if (performance.now() - aimed > LONGEST_AIM) aim = null;
    else part.scrollIntoView();
  };
  addEventListener("hashchange", () => { aim = readHash() || null; aimed = null; if (aim) { goal = null; aimAt(); } });
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(kind, () => { goal = null; aim = null; }, { capture: true, passive: true });
  }
  addEventListener("scroll", keepScroll, { capture: true, passive: true });
  addEventListener("pagehide", () => { keepScroll(); sessionStorage.setItem(SCROLLS, JSON.stringify(scrolls)); });
  if (!followed && performance.getEntriesByType("navigation")[0]?.type !== "navigate") { aim = null; awaitScroll(); }

  // 4. A changed result is said to readers who do not see it: the text of [data-announce], where there is none the caption of
  //    the first table or the first heading of a section; and the title of another page.
  const speaker = Object.assign(document.createElement("div"), { id: "said" });
  speaker.setAttribute("role", "status");
  speaker.setAttribute("aria-live", "polite");
  speaker.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
  let path = null, said = null;
  const announce = () => {
    if (!drawn() || first()) return;
    const result = ["[data-announce]", "table caption", "h2"].map((one) => main().querySelector(one)).find((one) => one);
    const words = result?.textContent.trim() ?? "";
    const moved = path !== null && path !== location.pathname;
    if (said !== null && (moved || words !== said)) speaker.textContent = (moved ? document.title + ". " : "") + words;
    [path, said] = [location.pathname, words];
  };

  // 5. Single letters run the page again (r) or open a dialog (c): not for readers, and against WCAG 2.1.4. The framework
  //    listens at the document; whatever has the focus still gets the key.
  document.documentElement.addEventListener("keydown", (event) => {
    if (/^[cr]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });

  // 6. On a phone the menu lies over the page: it closes when another page has been chosen in it.
  let place = location.pathname;
  const closeMenu = () => {
    if (location.pathname === place) return;
    place = location.pathname;
    const open = '[data-testid="stSidebar"]:not([data-collapsed="true"])';
    if (innerWidth < 768) one(`${open} [data-testid="stSidebarCollapseButton"] button`)?.click();
  };

  // 7. The framework has its own words in English alone. A page in another language holds ours for them, as JSON in #framework-words;
  //    {…} stands for what the framework fills in.
  const escaped = (said) => said.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/, "(.+)");
  const words = Object.entries(JSON.parse(one("#framework-words")?.textContent || "{}"))
    .map(([own, ours]) => [new RegExp(`^${escaped(own)}$`), ours.replace(/\{\w+\}/, "$1")]);
  const inOurs = (said) => { const found = words.find(([own]) => own.test(said)); return found ? said.replace(...found) : said; };
  const change = (said, write) => { const ours = inOurs(said); if (ours !== said) write(ours); };
  const translate = () => {
    if (!words.length) return;
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        change(element.getAttribute(name), (ours) => element.setAttribute(name, ours));
      }
    }
    for (const element of document.querySelectorAll('[data-testid="stSkipToContent"], [role="listbox"] *, [data-testid="stFileUploader"] *')) {
      const texts = [...element.childNodes];
      if (texts.length && texts.every((one) => one.nodeType === Node.TEXT_NODE)) {
        change(element.textContent, (ours) => texts.forEach((one, place) => { one.nodeValue = place ? "" : ours; }));
      }
    }
  };

  // 8. A reader who looks at the table of a figure goes on doing so when a filter has changed the figure.
  const tabs = new Map();
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".lfr-tabs input")) tabs.set(event.target.name, event.target.className);
  });
  const keepTabs = () => {
    for (const [name, chosen] of tabs) {
      const tab = document.getElementsByName(name).length && one(`.lfr-tabs input[name="${CSS.escape(name)}"].${chosen}`);
      if (tab && !tab.checked) tab.checked = true;
    }
  };

  let waiting = 0;
  const look = () => { waiting = 0; scrollBack(); aimAt(); announce(); closeMenu(); translate(); keepTabs(); tellLost(); };
  const later = () => { waiting ||= setTimeout(look, 60); };
  const start = () => {
    document.body.append(speaker);
    new MutationObserver(later).observe(document.body, { subtree: true, childList: true, characterData: true,
      attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
  };
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);

  // 9. Where the page has a sentence of its own for it, that the connection is lost is said in that, and not in the framework's
  //    dialog, which speaks to whoever runs a server. It comes back by itself.
  const PATIENCE = 2000;
  let lost = null;
  const tellLost = () => {
    const connection = app()?.dataset.testConnectionState;
    lost = ["PINGING_SERVER", "DISCONNECTED_FOREVER"].includes(connection) ? lost ?? performance.now() : null;
    const bar = one("#lost"), long = lost !== null && performance.now() - lost >= PATIENCE;
    if (bar && bar.hidden === long) bar.hidden = !long;
    if (lost !== null && !long) setTimeout(later, PATIENCE);
  };

  // On paper nothing is folded away.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of unfolded) fold.open = false; });
  // On paper a figure has the width of the page: drawn for a screen, it is scaled and not cut off.
  const figures = () => document.querySelectorAll(".js-plotly-plot .main-svg");
  addEventListener("beforeprint", () => figures().forEach((svg) => {
    svg.setAttribute("viewBox", `0 0 ${parseFloat(svg.getAttribute("width"))} ${parseFloat(svg.getAttribute("height"))}`);
  }));
  addEventListener("afterprint", () => figures().forEach((svg) => svg.removeAttribute("viewBox")));
})();
