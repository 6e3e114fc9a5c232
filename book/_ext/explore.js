// Choices over the table of clippings: a select a kind, with counts, kept in the address; DataTables does the rest.
const quarterOf = (date) => `${date.slice(0, 4)}Q${Math.ceil(date.slice(5, 7) / 3)}`;
const CHOICES = [
  { name: "theme", label: "Theme", column: 4 },
  { name: "year", label: "Year", column: 1, of: (cell) => [cell.dataset.order.slice(0, 4)] },
  { name: "quarter", label: "Quarter", column: 1, of: (cell) => [quarterOf(cell.dataset.order)] },
  { name: "outlet", label: "Outlet", column: 3 },
  { name: "country", label: "Country of a source", column: 5 },
  { name: "stance", label: "Stance", column: 6 },
];
const NONE = "none";
const ORDERS = [["date, earliest first", 1, "asc"], ["date, latest first", 1, "desc"], ["title", 2, "asc"], ["outlet", 3, "asc"]];

const code = document.getElementById("datatables").textContent;
const { ITable, jQuery } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
const DataTable = jQuery.fn.dataTable;

const table = document.getElementById("clippings");
const valuesOf = (cell) => [...cell.children].map((one) => one.textContent);
// Read before DataTables takes the column of the items out of the page.
const rows = [...table.tBodies[0].rows].map((row) =>
  CHOICES.map(({ column, of = valuesOf }) => {
    const found = of(row.cells[column]);
    return found.length ? found : [NONE];
  }),
);

const kept = () => new URLSearchParams(location.hash.slice(1));
const chosen = CHOICES.map(({ name }) => kept().get(name) ?? "");
const fits = (values, but = -1) => chosen.every((one, at) => at === but || !one || values[at].includes(one));

DataTable.ext.search.push((settings, _, index) => settings.nTable !== table || fits(rows[index]));
// A cell of several values is one of the file, and none begins a formula.
const plain = (_data, _row, _column, cell) => {
  const text = [...cell.children].map((one) => one.textContent).join("; ") || cell.textContent;
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text;
};
const csv = {
  extend: "csv",
  text: "Take the rows shown as CSV",
  filename: "clippings",
  exportOptions: { format: { body: plain } },
};
const shown = new DataTable(table, {
  paging: false,
  autoWidth: false,
  order: [[1, "asc"]],
  columnDefs: [{ targets: 0, visible: false }],
  layout: { topStart: "info", topEnd: "search", bottomStart: { buttons: [csv] }, bottomEnd: null },
  language: {
    info: "_TOTAL_ of _MAX_ clippings",
    infoFiltered: "",
    infoEmpty: "No clipping fits",
    search: "Words:",
    zeroRecords: "No clipping has all that is chosen.",
  },
});
if (kept().get("words")) shown.search(kept().get("words")).draw();

const group = document.getElementById("choices");
function addSelect(label, name, onChange) {
  const field = document.createElement("label");
  const select = document.createElement("select");
  field.className = name;
  field.append(`${label} `, select);
  group.append(field);
  select.addEventListener("change", () => onChange(select));
  return select;
}
const selects = CHOICES.map(({ name, label }, at) =>
  addSelect(label, name, (select) => {
    chosen[at] = select.value;
    update();
  }),
);
// A narrow screen has no heads of columns to sort by.
addSelect("Sort by", "order", (select) => shown.order([ORDERS[select.selectedIndex].slice(1)]).draw()).append(
  ...ORDERS.map(([words]) => new Option(words)),
);
const again = document.createElement("button");
again.type = "button";
again.textContent = "Show all";
again.addEventListener("click", () => {
  chosen.fill("");
  shown.search("");
  update();
});
group.append(again);

function count(at) {
  const found = new Map();
  for (const values of rows)
    if (fits(values, at)) for (const one of new Set(values[at])) found.set(one, (found.get(one) ?? 0) + 1);
  return [...found].sort(([a], [b]) => (a === NONE) - (b === NONE) || a.localeCompare(b, "en"));
}

function update() {
  selects.forEach((select, at) => {
    const options = count(at);
    if (chosen[at] && !options.some(([one]) => one === chosen[at])) options.push([chosen[at], 0]);
    select.replaceChildren(new Option("any", ""), ...options.map(([one, number]) => new Option(`${one} (${number})`, one)));
    select.value = chosen[at];
  });
  const next = new URLSearchParams();
  CHOICES.forEach(({ name }, at) => chosen[at] && next.set(name, chosen[at]));
  if (shown.search()) next.set("words", shown.search());
  history.replaceState(null, "", next.size ? `#${next}` : location.pathname + location.search);
  shown.draw();
}

shown.on("search.dt", () => {
  const words = shown.search();
  if (words !== (kept().get("words") ?? "")) queueMicrotask(update);
});
// An address may be typed or pasted where the page is open already.
window.addEventListener("hashchange", () => {
  CHOICES.forEach(({ name }, at) => (chosen[at] = kept().get(name) ?? ""));
  shown.search(kept().get("words") ?? "");
  update();
});
update();
