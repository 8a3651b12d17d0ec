"""The language of the Chinese pages, by which browsers choose glyphs and readers a voice."""

from __future__ import annotations

from typing import Any


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Name it; MkDocs calls this with the HTML of each page."""
    chinese = page.url.startswith("zh/")
    return output.replace('<html lang="en"', '<html lang="zh-Hans"', 1) if chinese else output
