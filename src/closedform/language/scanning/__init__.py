"""From characters to tokens, for typed text and LaTeX alike."""
