"""A headless Chromium, and a page with everything on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import worlds

from waywarden import maps

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
    "--force-device-scale-factor=1",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """Yield a driver with an empty profile; its logs hold the console and every request."""
    webdriver = pytest.importorskip("selenium.webdriver")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and driver):
        pytest.skip("no chromium and chromedriver on PATH")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.chrome.service.Service(executable_path=driver)
    window = webdriver.Chrome(service=service, options=options)
    yield window
    window.quit()


@pytest.fixture(autouse=True)
def fake_is_release(monkeypatch):
    monkeypatch.setattr(maps, "_release_class", lambda: worlds.FakeRelease)


@pytest.fixture
def show(chromium, tmp_path):
    """Return what writes a release as a map, opens it, and returns the page to ask."""

    def opened(release, size=(1280, 800), **options):
        path = maps.write_map(release, tmp_path / "map.html", **options)
        return open_page(chromium, path, size)

    return opened


def open_page(chromium, path: Path, size) -> worlds.Page:
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get_log("performance")
    width, height = size
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    chromium.get(path.as_uri())
    page = worlds.Page(chromium)
    page.until("document.body.dataset.ready")
    return page
