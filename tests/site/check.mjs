// Looks at the built site as a visitor does: node tests/site/check.mjs SITE
// Every page at two widths, light and dark: formulas, requests, links, overflow, contrast, search.

import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const types = {
  ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".mjs": "text/javascript", ".wasm": "application/wasm",
};
const fileOf = (path) => join(site, decodeURIComponent(path), path.endsWith("/") ? "index.html" : "");

const server = createServer((request, response) => {
  const file = fileOf(new URL(request.url, "http://site").pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" });
  return response.end(readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const root = `http://127.0.0.1:${server.address().port}`;

const pages = readdirSync(site, { recursive: true })
  .filter((name) => name.endsWith("index.html"))
  .map((name) => `/${name.slice(0, -"index.html".length)}`);

// Runs in the page: what is wrong with how it is set, as lines.
function wrongs() {
  const found = [];
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  for (const formula of document.querySelectorAll(".arithmatex")) {
    if (!formula.querySelector(".katex")) found.push(`not typeset: ${formula.textContent}`);
  }
  for (const error of document.querySelectorAll(".katex-error")) found.push(`KaTeX: ${error.title}`);
  for (const code of document.querySelectorAll("td code")) {
    if (code.textContent.includes("\\|")) found.push(`an escape is seen: ${code.textContent}`);
  }
  const [role] = document.querySelector("article").textContent.match(/:(class|func|meth|mod|data|attr|exc):\S+/) ?? [];
  if (role) found.push(`a role of reStructuredText is seen: ${role}`);
  const page = document.querySelector("article").offsetWidth;
  for (const said of document.querySelectorAll(".doc-contents > p")) {
    if (said.offsetWidth < page / 2) found.push(`${said.offsetWidth} px narrow: ${said.textContent.slice(0, 40)}`);
  }
  if (document.documentElement.lang.startsWith("zh")) {
    // A line that is broken in the source stands as a space between two characters.
    for (const said of document.querySelectorAll("article p, article li")) {
      const gap = said.textContent.match(/.?[\u3001-\u9fff\uff00-\uffef]\s+[\u201c\u4e00-\u9fff].?/);
      if (gap && !said.querySelector("p, .md-button")) found.push(`a space between Chinese characters: ${gap[0]}`);
    }
  } else if (location.pathname.startsWith("/zh/")) found.push("a Chinese page is not called one");
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push(`${wide} px wider than the screen`);
  const [reason] = [...document.querySelectorAll(".opening li")].reverse();
  const end = reason && window.innerWidth > 1000 ? reason.getBoundingClientRect().bottom : 0;
  if (end > 720) found.push(`the reason stands below the first screen, to ${end} px`);
  return found;
}

// Runs in the page: the text that cannot be read well in its scheme, as lines. The formulas have the
// colour of the text around them.
function faint() {
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((v) => (v <= 10 ? v / 3294 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  // The browser turns any colour that CSS can write into red, green, blue and opacity.
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = new Map();
  const rgba = (colour) => {
    if (!read.has(colour)) read.set(colour, drawn(colour));
    return read.get(colour);
  };
  const drawn = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
  const grounds = new Map([[null, [255, 255, 255]]]);
  const behind = (element) => {
    if (!grounds.has(element)) grounds.set(element, ground(element));
    return grounds.get(element);
  };
  const ground = (element) => {
    const colour = rgba(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, behind(element.parentElement));
  };
  const seen = new Set();
  for (const element of document.querySelectorAll("article *:not(.katex *):not(.headerlink)")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const style = getComputedStyle(element);
    if (!own || style.visibility === "hidden" || !element.getClientRects().length) continue;
    const below = behind(element);
    const [a, b] = [luminance(over(rgba(style.color), below)), luminance(below)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const kind = `${element.tagName}.${element.className}: contrast ${ratio.toFixed(2)}`;
    if (ratio < 4.5) seen.add(kind);
  }
  return [...seen];
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const bad = new Set();
let formulas = 0;
const widths = [1280, 390];
const context = await browser.newContext({ viewport: { width: widths[0], height: 900 } });

// A new tab: what goes wrong in it is noted with the page and the width that it stands at.
async function tab() {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // a busy machine may take a while
  const at = { where: "/", width: widths[0] };
  const note = (text) => bad.add(`${at.where} ${at.width}px: ${text}`);
  page.on("pageerror", (error) => note(error.message));
  page.on("requestfailed", (request) => note(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(root) && !/^(data|blob):/.test(request.url()))
      note(`outside: ${request.url()}`);
  });
  page.on("response", (answer) => answer.status() >= 400 && note(`missing: ${answer.url()}`));
  return { page, at, note };
}

// A page is loaded once, made narrow, and light and dark without its formulas: laying them out again
// in another colour takes most of the time.
async function look({ page, at, note }, where) {
  at.where = where;
  await page.setViewportSize({ width: widths[0], height: 900 });
  await page.goto(root + where);
  await page.addStyleTag({ content: "* { transition: none !important; }" });
  for (at.width of widths) {
    await page.setViewportSize({ width: at.width, height: 900 });
    (await page.evaluate(wrongs)).forEach(note);
  }
  const seen = await page.locator(".katex-html").count();
  formulas += seen;
  const links = await page.$$eval("a[href]", (all) => all.map((a) => a.href));
  for (const link of links.filter((l) => l.startsWith(root))) {
    if (!existsSync(fileOf(new URL(link).pathname))) note(`broken link: ${link}`);
  }
  await page.addStyleTag({ content: ".katex { display: none !important; }" });
  for (const scheme of ["default", "slate"]) {
    await page.evaluate((name) => document.body.setAttribute("data-md-color-scheme", name), scheme);
    (await page.evaluate(faint)).forEach((wrong) => note(`${scheme}: ${wrong}`));
  }
}

// What a visitor does: prefers dark, searches, tries a claim.
async function use({ page, note }) {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${root}/`);
  if (!(await page.locator('body[data-md-color-scheme="slate"]').count())) note("dark is not heeded");
  for (const word of ["depthwise", "分组卷积"]) {
    const query = page.locator("input.md-search__input");
    await query.fill(word);
    const hit = page.locator(".md-search-result__item", { hasText: word });
    // The search listens to keys, from when its index has been read.
    for (let tries = 0; tries < 20 && !(await hit.count()); tries += 1) {
      await query.press("End");
      await page.waitForTimeout(500);
    }
    if (!(await hit.count())) note(`the search finds nothing for ${word}`);
  }
  await tryIt(page, note);
}

// The claim that stands in the form is refuted, and another one proven, each typeset.
async function tryIt(page, note) {
  await page.goto(`${root}/try/`);
  const verdict = async () => {
    await page.locator("#try button").click();
    const found = page.locator("#verdict.refuted, #verdict.proven, #verdict.error");
    await found.waitFor({ timeout: 90_000 }).catch(() => {});
    return page.locator("#verdict").evaluate((box) => `${box.className} ${box.innerText}`);
  };
  const first = await verdict();
  if (!/^claim refuted .*depthwise/s.test(first)) note(`try it: ${first}`);
  if (!(await page.locator("#verdict .katex").count())) note("try it: no formula is typeset");
  await page.locator("#try textarea").fill("k^2 M + M");
  const second = await verdict();
  if (!/^claim proven/.test(second)) note(`try it: ${second}`);
}
// Two tabs, so that one loads while the other is looked at.
const left = [...pages];
const looking = async (own) => {
  while (left.length) await look(own, left.shift());
};
await Promise.all([tab().then(looking), tab().then(looking), tab().then(use)]);
await browser.close();
server.close();
if (formulas === 0) bad.add("no formula on any page");
for (const line of bad) console.error(line);
console.log(`${pages.length} pages, ${formulas} formulas seen, ${bad.size} faults`);
process.exit(bad.size ? 1 : 0);
