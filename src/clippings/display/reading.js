// A page of marks answers to pointer, touch and keys; what it says stands in the list of marks below the text.
for (const root of document.querySelectorAll(".clippings-page:not([data-live])")) {
  const text = root.querySelector(".cp-text"), list = root.querySelector(".cp-notes ol");
  if (text && list) enliven(root, text, list);
}

function enliven(root, text, list) {
  root.dataset.live = "";
  const make = (tag, set = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...inside);
    return made;
  };
  const items = [...list.children];
  const marks = items.map((item) => ({
    start: +item.dataset.start,
    end: +item.dataset.end,
    layer: item.dataset.layer,
    sign: item.dataset.sign,
    label: item.querySelector(".cp-label").textContent,
    why: (items[item.dataset.as] ?? item).querySelector(".cp-why")?.textContent,
    place: item.querySelector(".cp-n").textContent,
    address: item.querySelector("a.cp-q")?.getAttribute("href"),
    parts: [],
  }));
  const off = new Set([...root.querySelectorAll(".cp-legend [hidden]")].map((item) => item.dataset.layer));

  // Places are counted in code points, as everywhere in the library.
  const found = new Map();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode(); ) {
    const { parentElement: element, data } = walker.currentNode;
    const start = at;
    at += [...data].length;
    if (!element.classList.contains("cp-m")) continue;
    if (!found.has(element)) found.set(element, { element, start, tag: element.nextElementSibling });
    found.get(element).end = at;
  }
  const parts = [...found.values()].filter(({ element }) => element.textContent.trim());
  for (const part of parts) {
    part.marks = marks.filter((mark) => mark.start < part.end && mark.end > part.start);
    part.marks.sort((a, b) => a.end - a.start - (b.end - b.start));
    for (const mark of part.marks) mark.parts.push(part);
    if (!part.tag?.classList.contains("cp-t")) part.tag = null;
    part.element.removeAttribute("title");
    part.element.setAttribute("role", "button");
  }

  const isOn = (mark) => !off.has(mark.layer);
  let live = [], stop, shown, isPinned = false, leaving;

  function paint() {
    live = parts.filter((part) => part.marks.some(isOn));
    for (const part of parts) {
      const on = part.marks.filter(isOn), { element, tag } = part;
      element.className = ["cp-m", ...new Set(on.map((mark) => `l-${mark.layer}`))].join(" ");
      if (on.length) element.setAttribute("role", "button");
      else for (const name of ["role", "tabindex"]) element.removeAttribute(name);
      if (!tag) continue;
      const signs = on.filter((mark) => mark.sign && mark.parts.at(-1) === part).map((mark) => mark.sign);
      tag.dataset.tag = [...new Set(signs)].join(" ");
      tag.hidden = !signs.length;
      const around = on.filter(({ end, layer }) => end > part.end && ["quote", "theme"].includes(layer));
      tag.className = ["cp-t", "cp-m", ...new Set(around.map(({ layer }) => `l-${layer}`))].join(" ");
    }
    tabTo(live.includes(stop) ? stop : live[0]);
  }

  // One stop of the Tab key for the whole text; the arrows go from mark to mark.
  function tabTo(part) {
    stop = part;
    for (const one of live) one.element.tabIndex = one === part ? 0 : -1;
  }

  const card = make("div", { className: "cp-card", hidden: true, tabIndex: -1 });
  card.id = `cp-card-${document.querySelectorAll(".cp-card").length}`;
  card.setAttribute("role", "note");
  root.append(card);

  function light(mark) {
    for (const part of parts) part.element.classList.toggle("cp-lit", !!mark?.parts.includes(part));
  }

  function show(part, first = part.marks.find(isOn)) {
    clearTimeout(leaving);
    shown?.element.removeAttribute("aria-describedby");
    shown = part;
    part.element.setAttribute("aria-describedby", card.id);
    const said = new Set();
    const rows = [first, ...part.marks.filter((mark) => mark !== first && isOn(mark))].map((mark) => {
      const why = said.has(mark.why) ? "" : mark.why;
      said.add(mark.why);
      const place = mark.address ? make("a", { href: mark.address }, mark.place) : mark.place;
      const row = make("div", { className: "cp-row" }, make("b", {}, mark.label), " ", make("span", { className: "cp-n" }, place));
      if (why) row.append(make("p", {}, why));
      row.addEventListener("pointerenter", () => light(mark));
      return row;
    });
    card.replaceChildren(...rows);
    card.hidden = false;
    light(first);
    const frame = root.getBoundingClientRect(), at = [...part.element.getClientRects()].at(-1) ?? frame;
    const room = root.clientWidth - card.offsetWidth - 8;
    card.style.top = `${at.bottom - frame.top + 6}px`;
    card.style.left = `${Math.max(8, Math.min(at.left - frame.left, room))}px`;
  }

  function hide() {
    shown?.element.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
    isPinned = false;
    light();
  }

  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => isPinned || text.contains(document.activeElement) || hide(), 300);
  };
  const partOf = (target) => live.find((part) => part.element === target.closest?.(".cp-m"));

  text.addEventListener("pointerover", (event) => {
    const part = partOf(event.target);
    if (part && !isPinned && event.pointerType === "mouse") show(part);
  });
  text.addEventListener("pointerout", leave);
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  text.addEventListener("focusin", (event) => {
    const part = partOf(event.target);
    if (!part) return;
    tabTo(part);
    if (shown !== part) show(part);
  });
  root.addEventListener("focusout", (event) => {
    if (!text.contains(event.relatedTarget) && !card.contains(event.relatedTarget)) leave();
  });
  text.addEventListener("click", (event) => {
    const part = partOf(event.target);
    if (!part) return;
    show(part);
    isPinned = true;
  });
  document.addEventListener("click", (event) => {
    if (!card.hidden && !card.contains(event.target) && !partOf(event.target)) hide();
  });
  text.addEventListener("keydown", (event) => {
    const at = live.findIndex((part) => part.element === event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: live.length - 1 }[event.key];
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (live[to]) {
      event.preventDefault();
      isPinned = false;
      live[to].element.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show(live[at]);
      isPinned = true;
      card.focus();
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    const back = card.contains(document.activeElement) ? shown : null;
    hide();
    if (back) {
      back.element.focus();
      hide();
    }
  });

  const legend = root.querySelector(".cp-legend"), switches = [];
  for (const item of legend.children) {
    const button = make("button", { type: "button", className: "cp-switch" }, ...item.childNodes);
    item.hidden = false;
    item.append(button);
    switches.push([button, item.dataset.layer]);
    button.addEventListener("click", () => set([item.dataset.layer], off.has(item.dataset.layer)));
  }
  function set(layers, isShown) {
    for (const layer of layers) isShown ? off.delete(layer) : off.add(layer);
    for (const [button, layer] of switches) button.setAttribute("aria-pressed", String(!off.has(layer)));
    hide();
    paint();
  }
  const every = switches.map(([, layer]) => layer);
  const both = [["All", true], ["None", false]].map(([word, isShown]) => {
    const button = make("button", { type: "button", className: "cp-switch" }, word);
    button.addEventListener("click", () => set(every, isShown));
    return button;
  });
  legend.append(make("li", { className: "cp-both" }, both[0], " ", both[1]));
  legend.after(
    make("p", { className: "cp-hint" }, "A mark says why it is there: point at it, touch it, or reach it with Tab and the arrow keys. " +
      "The buttons above switch layers on and off."),
  );
  set([], true);

  // An address leads to all the words of its mark, and to a layer that is switched off.
  function follow() {
    const meant = marks.filter((mark) => mark.address && mark.address === decodeURI(location.hash));
    if (!meant.length || !meant[0].parts.length) return;
    if (!meant.some(isOn)) set([meant[0].layer], true);
    const mark = meant.find(isOn);
    show(mark.parts.at(-1), mark); // Below its words, which the card must not cover.
    isPinned = true;
  }
  window.addEventListener("hashchange", follow);
  card.addEventListener("click", (event) => event.target.closest("a") && setTimeout(follow));
  follow();
}
