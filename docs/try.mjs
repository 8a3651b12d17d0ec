// The page "Try it": Python is fetched at the first press, from this site.
const form = document.getElementById("try");
const shown = document.getElementById("verdict");
const home = new URL("pyodide/", import.meta.url).href;

const SOURCE = `
from html import escape
from closedform import ClosedformError, verify

def answer(claim, target, where):
    try:
        verdict = verify(claim, target=target or None, where=where or None)
    except ClosedformError as error:
        return "error", f"<pre>{escape(str(error))}</pre>"
    return verdict.verdict, verdict.to_html()
answer
`;

let answer;
async function start() {
  const { loadPyodide } = await import(`${home}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: home });
  const modules = await (await fetch(`${home}modules.zip`)).arrayBuffer();
  python.unpackArchive(modules, "zip", { extractDir: "/lib/modules" });
  python.runPython("import sys; sys.path.insert(0, '/lib/modules')");
  return python.runPython(SOURCE);
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = new FormData(form);
  shown.hidden = false;
  shown.className = "claim";
  if (!answer) shown.textContent = "Fetching Python …";
  try {
    answer ??= await start();
    const [verdict, html] = answer(given.get("claim"), given.get("target"), given.get("where"));
    shown.className = `claim ${verdict}`;
    shown.innerHTML = html;
    renderMathInElement(shown, { delimiters: [{ left: "\\(", right: "\\)", display: false }] });
  } catch (error) {
    shown.className = "claim error";
    shown.textContent = `Python did not start: ${error.message}`;
  }
});
