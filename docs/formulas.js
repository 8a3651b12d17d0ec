// Typesets what arithmatex marked as a formula: \\( … \\) within a line, \\[ … \\] on its own.
// In the cell of a table a fraction is as large as the letters beside it.
document.querySelectorAll(".arithmatex").forEach((element) => {
  const text = element.textContent.trim();
  const style = element.closest("td") ? "\\displaystyle " : "";
  katex.render(style + text.slice(2, -2), element, {
    displayMode: text.startsWith("\\["),
    throwOnError: false,
  });
});
