"""Puts one offline page together: Leaflet, the page's own script and style, and the data, inlined.

The page may run those two scripts and styles and nothing else: its content security policy lists
their digests and allows no connection. Text from the data never becomes markup: it is escaped in
HTML, escaped inside the data block, and enters the document as text nodes only.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "assets" / "page"
SCRIPTS = (
    "decode.js",
    "format.js",
    "symbols.js",
    "lines.js",
    "points.js",
    "areas.js",
    "identify.js",
    "labels.js",
    "popup.js",
    "control.js",
    "ranking.js",
    "page.js",
)
LEAFLET_FOLDERS = (
    Path(__file__).parent / "assets" / "leaflet",
    Path("/usr/share/javascript/leaflet"),
)
PLAIN_LIMIT = 64 * 1024
"""Data blocks shorter than this (bytes) stay plain JSON."""

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Leaflet:
    """Leaflet's script and style, made fit for inlining."""

    script: str
    style: str


def find_leaflet(folders: Sequence[Path] = LEAFLET_FOLDERS) -> Leaflet:
    """Return Leaflet from the first folder that has it.

    Raises
    ------
    FileNotFoundError
        With how to get it, where no folder has it.
    """
    for folder in folders:
        scripts = [folder / name for name in ("leaflet.min.js", "leaflet.js")]
        script = next((path for path in scripts if path.is_file()), None)
        if script and (folder / "leaflet.css").is_file():
            return Leaflet(
                _inline_script(script.read_text("utf-8")),
                _inline_style((folder / "leaflet.css").read_text("utf-8")),
            )
    looked = " or ".join(str(folder) for folder in folders)
    raise FileNotFoundError(
        f"Leaflet (leaflet.js and leaflet.css) is not in {looked}: install Debian's package "
        "libjs-leaflet, or copy both files of a Leaflet 1.x release into the first folder"
    )


def assemble(
    data: Mapping[str, Any],
    *,
    title: str,
    notices: Sequence[Mapping[str, str]],
    leaflet: Leaflet | None = None,
) -> bytes:
    """Return the page as bytes: the same for the same arguments.

    Parameters
    ----------
    data : mapping
        What the page's script reads, as JSON.
    title : str
        Shown as text, whatever it holds.
    notices : sequence of mapping
        ``kind`` and ``text`` of the banner's lines; they show without any script, too.
    leaflet : Leaflet, optional
        Found by `find_leaflet` where not given.
    """
    leaflet = leaflet or find_leaflet()
    script = _page_script()
    style = _normal(PAGE / "page.css")
    scripts = " ".join(map(_digest, (leaflet.script, script)))
    styles = " ".join(map(_digest, (leaflet.style, style)))
    block_type, block = data_block(data)
    parts = {
        "policy": f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
        "title": html.escape(title),
        "notices": "".join(map(_notice, notices)),
        "leaflet_style": leaflet.style,
        "style": style,
        "leaflet_script": leaflet.script,
        "script": script,
        "data_type": block_type,
        "data": block,
    }
    page = re.sub(r"@@(\w+)@@", lambda match: parts[match.group(1)], _normal(PAGE / "page.html"))
    return page.encode("utf-8", "replace")


def data_block(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the type and the text of the page's data block: JSON, or JSON gzipped in base64."""
    text = inert_json(data)
    if len(text) < PLAIN_LIMIT:
        return "application/json", text
    packed = gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)
    # The tenth byte names the system that packed; the page shall not depend on it.
    packed = packed[:9] + b"\xff" + packed[10:]
    return "application/gzip", base64.b64encode(packed).decode("ascii")


def inert_json(data: Any) -> str:
    """Return JSON that can stand inside a script element: no tag, entity or line separator."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return re.sub("[<>&\u2028\u2029]", lambda match: ESCAPES[match.group()], text)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _page_script() -> str:
    body = "\n".join(_normal(PAGE / name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def _inline_script(text: str) -> str:
    text = re.sub(r"//[#@] ?sourceMappingURL=\S*", "", _lines(text))
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError("leaflet.js holds a script tag or comment and cannot be inlined")
    return text


def _inline_style(text: str) -> str:
    text = re.sub(r"/\*[#@] ?sourceMappingURL=.*?\*/", "", _lines(text))
    text = re.sub(r"url\((?!['\"]?data:)[^)]*\)", "none", text)
    if re.search(r"</style|@import", text, re.IGNORECASE):
        raise ValueError("leaflet.css holds a tag or an import and cannot be inlined")
    return text


def _normal(path: Path) -> str:
    return _lines(path.read_text("utf-8"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def _notice(notice: Mapping[str, str]) -> str:
    kind = html.escape(notice["kind"], quote=True)
    return f'<p class="notice" data-kind="{kind}">{html.escape(notice["text"])}</p>'


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
