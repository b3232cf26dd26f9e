"""The documentation: Markdown, one command (`make docs`), warnings are errors."""

from __future__ import annotations

project = "Samverkan"
author = "The Samverkan maintainers"
copyright = "The Samverkan maintainers, EUPL-1.2"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "README.md"]
html_theme = "furo"
html_title = "Samverkan"
html_show_sphinx = False
html_copy_source = False
suppress_warnings = ["myst.header"]
