// Sets formulas with KaTeX in strict mode.
//
// Reads JSON lines {"latex": …, "display": true|false} on standard input, and prints a JSON line
// {"line": …, "problem": …} for each that KaTeX refuses or warns about. Exits with 1 if there is one.

import { createInterface } from "node:readline";

import katex from "katex";

let line = 0;
for await (const written of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(written);
  try {
    katex.renderToString(latex, { displayMode: display, strict: "error", throwOnError: true });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    console.log(JSON.stringify({ line, problem: error.message }));
    process.exitCode = 1;
  }
  line += 1;
}
