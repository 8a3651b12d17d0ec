"""Documents that hold claims (claims files, Markdown, LaTeX): read here, judged elsewhere."""
