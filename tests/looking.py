"""What a page with a map shows in Chromium without network."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
FLAGS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]  # fmt: skip


def looked_at(url, frame=None):
    """What a page with a map shows in Chromium without network: legend, wells, popup, faults.

    In a thread of its own: Playwright allows one driver in each, and the map's tests have one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_look, url, frame).result()


def _look(url, frame):
    faults = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("console", lambda m: m.type in {"error", "warning"} and faults.append(m.text))
        page.on("request", lambda r: r.url.startswith("http") and faults.append(r.url))
        page.goto(url)
        inner = page.frame_locator(frame) if frame else page
        inner.locator("canvas.maplibregl-canvas").wait_for(timeout=30_000)
        legend = inner.locator("details").inner_text()
        drawn = []
        for _ in range(60):  # frame by frame, until it is at rest
            page.wait_for_timeout(500)
            drawn, before = discs(page), len(drawn)
            if drawn and len(drawn) == before:
                break
        assert drawn, f"no well was drawn; {faults}"
        y, x = drawn[len(drawn) // 2]
        page.mouse.click(int(x), int(y))
        popup = inner.locator(".maplibregl-popup").inner_text(timeout=10_000)
        browser.close()
    return {"legend": legend, "wells": len(drawn), "popup": popup, "faults": faults}


def discs(page):
    """The middles of filled discs in the colour of wells that must close, as (y, x)."""
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    red = np.abs(np.asarray(image, dtype=int) - [0xB3, 0x26, 0x1E]).max(axis=2) < 12
    red[:300, :360] = False  # the legend
    full = np.lib.stride_tricks.sliding_window_view(red, (9, 9)).all(axis=(2, 3))
    kept: list[tuple[int, int]] = []
    for y, x in np.argwhere(full) + 4:
        if all(abs(y - b) + abs(x - a) > 8 for b, a in kept):
            kept.append((y, x))
    return kept
