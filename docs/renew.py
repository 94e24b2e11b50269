"""Renews what is made from the program itself: ``python -m docs.renew``.

This is the JSON Schema that the package ships, and the picture in the README.
"""

from __future__ import annotations

import json
from pathlib import Path

from derivex.api.schema import SCHEMA_FILE, make_schema
from docs.picture import PICTURE, picture_text

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "derivex" / "storage" / SCHEMA_FILE


def schema_text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write everything anew."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    PICTURE.write_text(picture_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
