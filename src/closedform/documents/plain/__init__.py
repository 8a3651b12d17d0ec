"""The text of a document: its lines, its markup, and where formulas end."""
