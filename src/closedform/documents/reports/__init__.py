"""Reports of a check, for readers and for code hosts."""
