"""`file:` URIs -> file paths, on every system. It opens nothing, and knows no other scheme."""

import os
import re
from urllib.parse import unquote

_FILE_URI = re.compile(r"file:(?://([^/]*))?(/.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"/[A-Za-z]:")


def path_of(uri: str, *, windows: bool = os.name == "nt") -> str | None:
    """The file path of a `file:` URI, or None for any other scheme. Bytes that are no UTF-8 become surrogates."""
    match = _FILE_URI.fullmatch(uri)
    if match is None:
        return None
    host, path = match[1] or "", unquote(match[2], errors="surrogateescape")
    if host and host != "localhost":
        path = f"//{host}{path}"
    elif windows and _DRIVE.match(path):
        path = path[1:]
    return path.replace("/", "\\") if windows else path
