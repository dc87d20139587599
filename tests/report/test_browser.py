"""The report as a browser shows it: nothing is fetched, nothing complains, the answer stands on the first screen.

Chromium is driven over its debugging pipe, so that no further package and no network port is needed.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cupola.report.document import render
from cupola.report.view import RunView

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)
PATIENCE_S = 60.0

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed; on Debian: apt-get install chromium"),
]


class Browser:
    """One headless browser with one page, spoken to by its debugging protocol."""

    def __init__(self, profile: Path) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()

        def connect() -> None:
            # The browser reads commands from descriptor 3 and writes answers to descriptor 4.
            # They are first copied out of the way, lest one copy fall on the other.
            ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_read, to_write)]
            for end, place in zip(ends, (3, 4), strict=True):
                os.dup2(end, place)

        self._process = subprocess.Popen(
            [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=connect,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._held = b""
        self._count = 0
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its result; events that come meanwhile are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_S
        while b"\0" not in self._held:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            data = os.read(self._read, 1 << 16) if ready else b""
            if not data:
                raise TimeoutError("the browser does not answer")
            self._held += data
        message, _, self._held = self._held.partition(b"\0")
        return dict(json.loads(message))

    def open(self, path: Path, width: int, height: int, scheme: str = "light") -> None:
        """Show a file in a window of a size; returns when it is loaded."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.send("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._receive())

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.send("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def picture(self, path: Path) -> bytes:
        """A screenshot of the window as PNG, also written to a file."""
        data = base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"])
        path.write_bytes(data)
        return data

    def close(self) -> None:
        """End the browser."""
        os.close(self._write)
        os.close(self._read)
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@pytest.fixture(scope="module", name="browser")
def start_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(name="page")
def write_page(case: RunView, baseline: RunView, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(render(case, baseline), encoding="utf-8")
    return path


VISIBLE = """(() => {
  const seen = [];
  for (const e of document.querySelectorAll('.headline, .why li, h1')) {
    const box = e.getBoundingClientRect();
    const inside = box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
    if (box.height > 0 && inside) seen.push(e.textContent);
  }
  return seen.join(' | ');
})()"""


def test_browser_fetches_nothing_and_has_no_complaint(browser: Browser, page: Path) -> None:
    browser.open(page, 1280, 800)
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    asked = [
        event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]
    complaints = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
    assert [event for event in browser.events if event["method"] in complaints] == []


@pytest.mark.parametrize("width", [1280, 400])
def test_first_screen_says_what_when_and_why(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width, 800)
    seen = browser.evaluate(VISIBLE)
    assert "What happens, and when, if South Agency leaves?" in seen
    assert "a flight rule empties the station on 2025-02-18" in seen
    assert "South Agency has left and gives no more service" in seen
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_scheme_changes_the_paper_and_keeps_contrast(browser: Browser, page: Path, tmp_path: Path) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join(' ')"
    browser.open(page, 800, 600)
    light, light_png = browser.evaluate(colours), browser.picture(tmp_path / "light.png")
    browser.open(page, 800, 600, "dark")
    dark, dark_png = browser.evaluate(colours), browser.picture(tmp_path / "dark.png")
    assert light == "rgb(255, 255, 255) rgb(26, 26, 26)"
    assert dark == "rgb(20, 23, 26) rgb(236, 236, 236)"
    assert light_png != dark_png


def test_style_sheet_is_allowed_by_the_content_policy(browser: Browser, page: Path) -> None:
    browser.open(page, 1280, 800)
    assert browser.evaluate("getComputedStyle(document.querySelector('.narrow')).display") == "none"
    browser.open(page, 400, 800)
    assert browser.evaluate("getComputedStyle(document.querySelector('.wide')).display") == "none"


def test_link_of_a_number_opens_its_row(browser: Browser, page: Path) -> None:
    browser.open(page, 1280, 800)
    browser.evaluate("document.querySelector('.cards a.cell').click()")
    box = "document.querySelector('tr:target')?.getBoundingClientRect()"
    assert browser.evaluate(f"({box})?.height ?? 0") > 0
    assert 0 <= browser.evaluate(f"({box}).top") < 800


def test_hostile_names_run_nothing(browser: Browser, case: Any, tmp_path: Path) -> None:
    bait = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'>\"'><svg onload=window.hit=1>"
    for table, column in (("answers", "sentence"), ("stays", "name"), ("because", "text"), ("record", "text")):
        case.tables[table][column] = [bait for _ in case.tables[table][column]]
    case.manifest["title"] = bait
    case.manifest["ports"] = {bait: bait, "aft": bait}
    path = tmp_path / "hostile.html"
    path.write_text(render(case, None), encoding="utf-8")
    browser.open(path, 1280, 800)
    assert browser.evaluate("window.hit ?? 'safe'") == "safe"
    assert browser.evaluate("document.scripts.length + document.images.length") == 0
    asked = [
        event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
