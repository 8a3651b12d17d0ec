// A picture of Markdown with formulas as KaTeX sets them: node tests/site/picture.mjs FILE < TEXT

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const katex = join(dirname(fileURLToPath(import.meta.url)), "../compile/node_modules/katex/dist");
const text = readFileSync(0, "utf8").replace(/\*\*(.+?)\*\*\s*/, "").replace(/^- /gm, "\n");
const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${part.replaceAll("<", "&lt;")}</p>`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 640, height: 900 } });
await page.goto(`file://${katex}/katex.min.css`);
await page.setContent(`<link rel="stylesheet" href="file://${katex}/katex.min.css">
  <style>body { font: 15px/1.4 KaTeX_Main, serif; margin: 0; padding: 8px 16px; width: 520px }
  p { margin: .6em 0 }</style>${paragraphs.join("\n")}`);
for (const script of ["katex.min.js", "contrib/auto-render.min.js"])
  await page.addScriptTag({ path: join(katex, script) });
await page.evaluate(() => renderMathInElement(document.body, {
  delimiters: [
    { left: "$$", right: "$$", display: true }, { left: "$", right: "$", display: false },
  ],
}));
await page.evaluate(() => document.fonts.ready);
await page.locator("body").screenshot({ path: process.argv[2] });
await browser.close();
