"""Text that XML can carry."""

import re

# XML 1.0 has no way to write these
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def without_controls(text: str) -> str:
    """The text with U+FFFD in the place of characters that XML cannot hold."""
    return _CONTROLS.sub("\ufffd", text)
