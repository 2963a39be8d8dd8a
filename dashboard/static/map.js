/* The map of the country: wheel, pinch, buttons, arrow keys and dragging move the frame of a drawing that is already there.
   On a live page the drawing comes as text in `data-svg`, because the framework takes drawings out of HTML. */
"use strict";
(() => {
  const LEVELS = [1, 2, 4, 8, 16, 32], SLACK = 5;
  const box = (svg) => svg.getAttribute("viewBox").split(" ").map(Number);
  const show = (svg, [x, y, width, height]) => {
    const home = svg.dataset.home.split(" ").map(Number);
    const wide = Math.min(Math.max(width, home[2] / 64), home[2] * 1.1), scale = wide / width;
    const left = Math.min(Math.max(x + (width - wide) / 2, home[0] - wide / 2), home[0] + home[2] - wide / 2);
    const high = height * scale;
    const top = Math.min(Math.max(y + (height - high) / 2, home[1] - home[3]), home[1] + home[3] - high / 2);
    svg.setAttribute("viewBox", [left, top, wide, high].map((one) => one.toFixed(1)).join(" "));
    svg.dataset.z = LEVELS.findLast((level) => level <= Math.max(1, home[2] / wide));
    const room = svg.getBoundingClientRect();
    if (room.width) svg.style.setProperty("--u", Math.max(wide / room.width, high / room.height));
  };
  const zoom = (svg, factor, at = [0.5, 0.5]) => {
    const [x, y, width, height] = box(svg);
    show(svg, [x + width * (1 - factor) * at[0], y + height * (1 - factor) * at[1], width * factor, height * factor]);
  };
  const move = (svg, across, down) => {
    const [x, y, width, height] = box(svg);
    show(svg, [x + across * width, y + down * height, width, height]);
  };
  const within = (svg, event) => {
    const room = svg.getBoundingClientRect();
    return [(event.clientX - room.left) / room.width, (event.clientY - room.top) / room.height];
  };
  const ACTS = { in: (svg) => zoom(svg, 0.5), out: (svg) => zoom(svg, 2), home: (svg) => show(svg, svg.dataset.home.split(" ").map(Number)) };
  const KEYS = { "+": ACTS.in, "=": ACTS.in, "-": ACTS.out, "0": ACTS.home, ArrowLeft: (svg) => move(svg, -0.2, 0),
    ArrowRight: (svg) => move(svg, 0.2, 0), ArrowUp: (svg) => move(svg, 0, -0.2), ArrowDown: (svg) => move(svg, 0, 0.2) };

  const start = (map) => {
    map.dataset.ready = "yes";
    const svg = map.querySelector("svg"), bar = map.querySelector(".lfr-zoom");
    bar.hidden = false;
    map.tabIndex = 0;
    show(svg, box(svg));
    bar.addEventListener("click", (event) => ACTS[event.target.closest("button")?.dataset.act]?.(svg));
    map.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
      event.preventDefault();
      KEYS[event.key](svg);
    });
    // A wheel over the map scrolls the page until the map has been taken up, or with Ctrl.
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !map.contains(document.activeElement)) return;
      event.preventDefault();
      zoom(svg, event.deltaY > 0 ? 1.25 : 0.8, within(svg, event));
    }, { passive: false });
    const fingers = new Map();
    let dragged = 0;
    svg.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, [event.clientX, event.clientY]); dragged = 0; map.focus({ preventScroll: true }); });
    svg.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId), room = svg.getBoundingClientRect();
      if (!before) return;
      const now = [event.clientX, event.clientY], other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      const far = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
      if (other) {
        zoom(svg, far(before) / Math.max(far(now), 1), within(svg, event));
        dragged = SLACK + 1;
      } else {
        // A finger alone scrolls the page; two move the map.
        if (event.pointerType === "touch") return;
        dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
        if (dragged > SLACK) move(svg, (before[0] - now[0]) / room.width, (before[1] - now[1]) / room.height);
      }
      fingers.set(event.pointerId, now);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      if (dragged > SLACK) { event.preventDefault(); return; }
      if (event.ctrlKey || event.metaKey || event.shiftKey || !map.closest('[data-testid="stHtml"]')) return;
      // On a live page the site's script follows links of HTML without loading the page again.
      event.preventDefault();
      const plain = Object.assign(document.createElement("a"), { href: link.getAttribute("href") });
      map.append(plain);
      plain.click();
      plain.remove();
    });
  };
  const look = () => {
    for (const place of document.querySelectorAll("[data-svg]")) {
      const bytes = Uint8Array.from(atob(place.dataset.svg), (letter) => letter.charCodeAt(0));
      place.removeAttribute("data-svg");
      place.innerHTML = new TextDecoder().decode(bytes);
    }
    for (const map of document.querySelectorAll(".lfr-map:not([data-ready])")) start(map);
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
})();
