// Opens every page of the built book in Chromium and reports what bars a reader:
//   node check.mjs SITE CHROMIUM [SHOTS]
// marks that do not answer, axe-core's rules, scrolling sideways, requests to other hosts, headings that skip a level, images without words,
// weight; in light and dark, on a wide and a narrow screen, with everything that folds unfolded.
import { createReadStream, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [site, executablePath, shots] = process.argv.slice(2);
const MAX_WEIGHT = 1_500_000;
const VIEWS = ["light", "dark"].flatMap((theme) => [1280, 390].map((width) => ({ theme, width })));
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function serve(request, response) {
  const path = join(site, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return response.writeHead(404).end();
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-length": found.size, "cache-control": "no-store" });
  createReadStream(path).pipe(response);
}

// Runs in the page, which the theme's scripts have finished by then.
async function examine() {
  const found = [];
  const sideways = (when) => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over > 0) found.push(`scrolls sideways by ${over} px ${when}`);
  };
  sideways("as opened");
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  sideways("with everything unfolded");
  let above = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const level = Number(heading.tagName[1]);
    if (level > above + 1) found.push(`heading skips a level: ${heading.textContent.trim()}`);
    above = level;
  }
  const ones = document.querySelectorAll("h1").length;
  if (ones !== 1) found.push(`${ones} headings of the first level`);
  // The words of a figure are 11 px high where it is as wide as this; clippings.plots.style has the same number.
  const narrow = 358;
  for (const figure of document.querySelectorAll('figure[id^="fig-"] img')) {
    const { paddingLeft, paddingRight } = getComputedStyle(figure);
    const wide = figure.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    if (wide < narrow) found.push(`figure narrower than ${narrow} px, its words are too small: ${wide} px`);
  }
  // Links lie over a picture in shares of it: they are beside its marks where it does not fill its place.
  for (const linked of document.querySelectorAll(".linked-picture")) {
    const image = linked.querySelector("img"), { padding } = getComputedStyle(image);
    const [place, drawn] = [linked, image].map((one) => one.getBoundingClientRect());
    if (padding !== "0px" || Math.abs(place.width - drawn.width) > 1 || Math.abs(place.height - drawn.height) > 1) found.push("links beside the marks of a figure");
  }
  for (const image of document.querySelectorAll("img:not([alt])")) found.push(`image without words: ${image.src}`);
  const { violations } = await axe.run();
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) found.push(`axe ${id}: ${help}: ${node.html.slice(0, 160)}`);
  }
  return found;
}

// An annotated page answers: every switch, address and key does what it says, and the text stays what it is.
async function play() {
  const found = [];
  const wait = () => new Promise((resolve) => setTimeout(resolve, 30));
  for (const root of document.querySelectorAll(".clippings-page:has(.cp-notes)")) {
    const text = root.querySelector(".cp-text"), card = root.querySelector(".cp-card");
    if (!card) {
      found.push("an annotated page does not answer");
      continue;
    }
    const words = text.textContent;
    const key = (name) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
    const buttons = [...root.querySelectorAll(".cp-switch[aria-pressed]")];
    for (const button of buttons) {
      const layer = `.cp-text .l-${button.parentElement.dataset.layer}`;
      const before = root.querySelectorAll(layer).length, was = button.getAttribute("aria-pressed");
      button.click();
      const after = root.querySelectorAll(layer).length;
      if (button.getAttribute("aria-pressed") === was || !before === !after) found.push(`a switch switches nothing: ${layer}`);
      if (was === "true") button.click();
    }
    for (const item of root.querySelectorAll(".cp-notes li")) {
      const link = item.querySelector("a.cp-q");
      if (!link) continue;
      location.hash = link.getAttribute("href");
      await wait();
      const label = item.querySelector(".cp-label").textContent;
      if (card.hidden || !card.textContent.includes(label)) found.push(`an address says nothing: ${link.hash} ${label}`);
    }
    const stop = text.querySelector('[role="button"][tabindex="0"]');
    stop.focus();
    key("Home");
    const first = document.activeElement;
    key("ArrowRight");
    if (document.activeElement === first || !text.contains(document.activeElement)) found.push("an arrow key goes to no mark");
    if (document.activeElement.getAttribute("aria-describedby") !== card.id) found.push("a mark is not described");
    const second = document.activeElement;
    key("Enter");
    if (document.activeElement !== card) found.push("Enter does not lead to the card");
    key("Escape");
    if (!card.hidden || document.activeElement !== second) found.push("Escape does not lead back");
    if (text.textContent !== words) found.push("the text changed");
    second.click(); // The card is looked at with the rest.
  }
  return found;
}

async function visit(context, origin, name, shot) {
  const page = await context.newPage();
  const found = [];
  let weight = 0;
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      found.push(`asks another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    // What a page hands to itself was loaded with it.
    if (!response.url().startsWith("blob:")) weight += Number(response.headers()["content-length"] ?? 0);
    if (response.status() >= 400) found.push(`asks for what is not there: ${response.url().slice(origin.length)}`);
  });
  page.on("pageerror", (error) => found.push(`a script failed: ${error.message}`));
  await page.goto(`${origin}/${name}`, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  if (weight > MAX_WEIGHT) found.push(`weighs more than ${MAX_WEIGHT / 1e6} MB`);
  if (shot) await page.screenshot({ path: shot, fullPage: true });
  found.push(...(await page.evaluate(play)));
  await page.evaluate(axe);
  found.push(...(await page.evaluate(examine)));
  await page.close();
  return { found, weight };
}

const server = createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const written = (folder) => readdirSync(join(site, folder)).filter((name) => name.endsWith(".html"));
// The pages of the clippings are of one template: a few stand for all.
const items = statSync(join(site, "items"), { throwIfNoEntry: false }) ? written("items") : [];
const pages = [...written("."), ...items.filter((_, at) => at % 40 === 0).map((name) => `items/${name}`)];
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
const faults = new Map();
let heaviest = 0;
if (shots) mkdirSync(shots, { recursive: true });

for (const { theme, width } of VIEWS) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  await context.addInitScript((chosen) => {
    localStorage.setItem("mode", chosen);
    localStorage.setItem("theme", chosen);
  }, theme);
  for (const name of pages) {
    const shot = shots && join(shots, `${name.replace(".html", "")}-${theme}-${width}.png`);
    const { found, weight } = await visit(context, origin, name, shot);
    heaviest = Math.max(heaviest, weight);
    for (const fault of new Set(found)) {
      const key = `${name}: ${fault}`;
      faults.set(key, [...(faults.get(key) ?? []), `${theme} ${width}`]);
    }
  }
  await context.close();
}
await browser.close();
server.close();

for (const [fault, views] of faults) console.log(`${fault.replaceAll("\n", " ")} (${views.join(", ")})`);
const summary = `${pages.length} pages in ${VIEWS.length} views, heaviest ${(heaviest / 1e6).toFixed(2)} MB`;
console.log(`a11y: ${summary}, ${faults.size} faults`);
process.exit(faults.size || !pages.length ? 1 : 0);
