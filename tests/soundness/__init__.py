"""A differential test: claims whose truth is known by construction against their verdicts."""
