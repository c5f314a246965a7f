#!/usr/bin/env python3
"""Take the README's picture of a results folder's map: headless Chromium, a light PNG.

Usage: scripts/screenshot.py results/map.html docs/map.png
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver

LIMIT_BYTES = 500_000
PATIENCE_S = 60.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--hide-scrollbars",
)


def main() -> int:
    """Read the arguments, take the picture, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("map", type=Path, help="the page, or the folder that holds map.html")
    parser.add_argument("picture", type=Path, help="the PNG to write")
    parser.add_argument("--size", default="1280x800", help="window, WIDTHxHEIGHT (%(default)s)")
    arguments = parser.parse_args()
    page = arguments.map / "map.html" if arguments.map.is_dir() else arguments.map
    width, height = map(int, arguments.size.split("x"))
    picture = light_png(screenshot(page, width, height))
    if len(picture) > LIMIT_BYTES:
        print(f"{len(picture)} bytes are more than {LIMIT_BYTES}", file=sys.stderr)
        return 1
    arguments.picture.write_bytes(picture)
    print(f"{arguments.picture}: {len(picture)} bytes")
    return 0


def screenshot(page: Path, width: int, height: int) -> bytes:
    """Return a PNG of the page once it says that it is drawn."""
    with tempfile.TemporaryDirectory() as profile:
        window = _open(profile, width, height)
        try:
            window.get(page.resolve().as_uri())
            _wait(window)
            return window.get_screenshot_as_png()
        finally:
            window.quit()


def light_png(png: bytes) -> bytes:
    """Return the picture packed well, in 256 colours where it would be too large otherwise."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    packed = _packed(picture)
    few = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=3)
    return packed if len(packed) <= LIMIT_BYTES else _packed(few)


def _packed(picture: Image.Image) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, "PNG", optimize=True)
    return sink.getvalue()


def _open(profile: str, width: int, height: int) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = _program("chromium")
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = webdriver.chrome.service.Service(executable_path=_program("chromedriver"))
    window = webdriver.Chrome(service=service, options=options)
    window.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    return window


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is not on PATH: install Debian's chromium and chromium-driver")
    return found


def _wait(window: webdriver.Chrome) -> None:
    end = time.monotonic() + PATIENCE_S
    while not (ready := window.execute_script("return document.body.dataset.ready")):
        if time.monotonic() > end:
            raise SystemExit(f"the map was not drawn within {PATIENCE_S:.0f} s")
        time.sleep(0.05)
    if ready == "failed":
        raise SystemExit(window.find_element("css selector", "#failure").text)


if __name__ == "__main__":
    sys.exit(main())
