// Typesets what arithmatex marked as a formula: \\( … \\) within a line, \\[ … \\] on its own.
document.querySelectorAll(".arithmatex").forEach((element) => {
  const text = element.textContent.trim();
  katex.render(text.slice(2, -2), element, {
    displayMode: text.startsWith("\\["),
    throwOnError: false,
  });
});
