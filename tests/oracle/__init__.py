"""The oracle: layers executed by plain loops that count what they do; it knows no formula."""
