"""The service's resources as pages: plain HTML without scripts, readable anywhere, printable."""

from pathlib import Path

STYLE = Path(__file__).parent / "page.css"
