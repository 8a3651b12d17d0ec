"""Numbers as people write them: rounded, scaled, in units of memory."""
