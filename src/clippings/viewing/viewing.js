// A table of evidence becomes one to search, filter, sort and step through; without this script it stands there whole.
(() => {
  const CHOICES = ["layer", "speaker", "themes", "outlet"];
  const make = (tag, set = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...inside);
    return made;
  };
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\p{M}\u00ad\u200b]/gu, "").toLowerCase().replace(/[\u2018\u2019`\u00b4]/g, "'")
      .replaceAll("ł", "l").replace(/[\s\u2010\u2011-]+/g, " ").trim();
  const isBrowser = document.body.classList.contains("browser");
  const sheets = [...document.querySelectorAll("details.sheet")];
  const named = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  function open(target, isQuiet) {
    const sheet = target.closest("details.sheet");
    if (!sheet) return;
    sheet.open = true;
    if (isBrowser) for (const one of sheets) one.hidden = one !== sheet;
    for (const name of ["v-target", "v-lit"]) for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
    if (target !== sheet) light(target, sheet);
    if (isQuiet) return;
    const stop = target === sheet ? sheet.querySelector("summary") : target;
    if (stop === target) stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: target === sheet ? "start" : "center" });
  }

  // The id of a place ends in its first code point and the one behind its last.
  function light(target, sheet) {
    target.classList.add("v-target");
    const [start, end] = target.id.split("-").slice(-2).map(Number);
    const walker = document.createTreeWalker(sheet.querySelector(".cp-text"), NodeFilter.SHOW_TEXT);
    for (let left = end - start; left > 0 && walker.nextNode(); ) {
      const { currentNode: node } = walker;
      if (!(target.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      left -= [...node.data].length;
      if (node.parentElement.classList.contains("cp-m")) node.parentElement.classList.add("v-lit");
    }
  }

  function enliven(table) {
    const columns = table.dataset.columns.split(" "), body = table.tBodies[0], frame = table.closest(".wide");
    const rows = [...body.rows].map((row, at) => {
      const cells = [...row.cells].map((cell) => cell.textContent), link = row.querySelector("a[href]");
      columns.forEach((name, place) => (row.cells[place].dataset.column = name));
      const of = (name) => cells[columns.indexOf(name)] ?? "";
      const words = of("layer") === "page" ? named(link.getAttribute("href")).textContent : "";
      return { row, at, link, of, text: plain(`${cells.join(" ")} ${words}`) };
    });
    const tests = [], controls = make("div", { className: "controls" });
    controls.setAttribute("role", "search");
    const add = (word, control, test) => {
      controls.append(make("label", {}, word, control));
      control.addEventListener("input", filter);
      tests.push((one) => !control.value || test(one, control.value));
      return control;
    };
    add("Search", make("input", { type: "search" }), (one, words) => plain(words).split(" ").every((word) => one.text.includes(word)));
    for (const name of CHOICES.filter((one) => columns.includes(one))) {
      const counts = new Map();
      for (const one of rows) for (const value of one.of(name).split(name === "themes" ? "; " : "\0")) counts.set(value, (counts.get(value) ?? 0) + 1);
      counts.delete("");
      if (counts.size < 2) continue;
      const select = make("select", {}, make("option", { value: "" }, "all"));
      for (const [value, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) select.append(make("option", { value }, `${value} (${count})`));
      add(name[0].toUpperCase() + name.slice(1), select, (one, value) => (name === "themes" ? one.of(name).split("; ").includes(value) : one.of(name) === value));
    }
    const isDated = (one) => /^\d/.test(one.of("date"));
    if (rows.some(isDated)) {
      add("From", make("input", { type: "date" }), (one, day) => isDated(one) && one.of("date") + "-31".repeat(one.of("date").length < 8) >= day);
      add("To", make("input", { type: "date" }), (one, day) => isDated(one) && one.of("date") <= day);
    }
    const clear = make("button", { type: "button" }, "Clear");
    clear.addEventListener("click", () => {
      for (const control of controls.querySelectorAll("input, select")) control.value = "";
      filter();
    });
    const said = make("output");
    said.setAttribute("aria-live", "polite");
    controls.append(clear, said);
    frame.before(controls);

    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isUp = head.getAttribute("aria-sort") !== "ascending", sign = isUp ? 1 : -1;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        const key = (one) => one.row.cells[place].textContent.toLowerCase();
        rows.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) || a.at - b.at);
        body.append(...rows.map(({ row }) => row));
        filter();
      });
    });

    let shown = rows, current = null;
    const step = (by, word) => {
      const button = make("button", { type: "button" }, word);
      button.addEventListener("click", () => go(shown[current && shown.includes(current) ? shown.indexOf(current) + by : by > 0 ? 0 : shown.length - 1]));
      return button;
    };
    const previous = step(-1, "Previous"), next = step(1, "Next"), where = make("span");
    const back = make("button", { type: "button" }, "Back to the row");
    back.addEventListener("click", () => {
      current.row.scrollIntoView({ block: "center" });
      current.link.focus({ preventScroll: true });
    });
    const stepper = make("div", { className: "stepper" }, previous, next, where, back);
    stepper.setAttribute("role", "group");
    stepper.setAttribute("aria-label", "Step through the evidence");
    document.querySelector("main").append(stepper);

    function go(one, isQuiet) {
      if (!one) return;
      current?.row.removeAttribute("aria-current");
      current = one;
      one.row.setAttribute("aria-current", "true");
      frame.scrollTop = one.row.offsetTop - frame.clientHeight / 2;
      open(named(one.link.getAttribute("href")), isQuiet);
      tell();
    }
    function tell() {
      const at = shown.indexOf(current);
      where.textContent = at < 0 ? `${shown.length} in the table` : `${at + 1} of ${shown.length}`;
      previous.disabled = !shown.length || at === 0;
      next.disabled = !shown.length || at === shown.length - 1;
      stepper.hidden = !current;
    }
    function filter() {
      shown = rows.filter((one) => tests.every((test) => test(one)));
      const kept = new Set(shown);
      for (const one of rows) one.row.hidden = !kept.has(one);
      said.textContent = `${shown.length} of ${rows.length} rows`;
      tell();
    }
    body.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      go(rows.find((one) => one.link === link));
    });
    filter();
    if (isBrowser) go(rows[0], true);
  }

  for (const table of document.querySelectorAll("table.evidence")) enliven(table);
  const follow = () => {
    const target = location.hash && named(location.hash);
    if (target) open(target);
  };
  addEventListener("hashchange", follow);
  follow();

  // In a frame of a notebook or book: its theme, light or dark.
  try {
    const host = parent !== self && parent.document;
    const mirror = () => {
      const { documentElement: root, body } = host;
      const dark = root.dataset.theme === "dark" || body.dataset.jpThemeLight === "false" || /dark/.test(body.dataset.vscodeThemeKind ?? "");
      const light = root.dataset.theme === "light" || body.dataset.jpThemeLight === "true" || /light/.test(body.dataset.vscodeThemeKind ?? "");
      if (dark || light) document.documentElement.dataset.theme = dark ? "dark" : "light";
    };
    if (host) {
      mirror();
      for (const one of [host.documentElement, host.body]) new MutationObserver(mirror).observe(one, { attributes: true });
    }
  } catch {} // A host of another origin keeps its theme to itself.
})();
