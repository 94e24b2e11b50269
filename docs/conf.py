"""How Sphinx sets the documentation.  ``python -m docs.build`` calls it."""

from __future__ import annotations

from importlib.util import find_spec

import derivex

project = "derivex"
author = copyright = "the authors of derivex"
version = release = derivex.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns: list[str] = []

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

html_theme = "furo" if find_spec("furo") else "alabaster"
html_title = f"derivex {version}"
html_static_path = ["static"]
html_css_files = ["derivation.css"]
html_copy_source = False
html_show_sourcelink = False
