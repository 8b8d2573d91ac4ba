"""Chromium, a desk and a phone, and the real service they look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.e2e import people
from tests.e2e.browser import DESK, FLAGS, PHONE, Viewer, watched
from tests.looking import CHROMIUM
from tests.service import Service, service  # noqa: F401

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests are marked, and those of a file run in one worker, by one of two browsers:
    more of them, drawing without a graphics card, would take a machine of two cores whole.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group(f"e2e-{crc32(item.path.name.encode()) % 2}"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a software GPU: the same pixels everywhere."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def mapless(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without WebGL, as on some old machines: the page without its map."""
    flags = [*FLAGS, "--disable-3d-apis"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield browser
    browser.close()


@contextmanager
def looking(
    browser: Browser,
    service: Service,  # noqa: F811
    request: pytest.FixtureRequest,
    **kind: Any,
) -> Iterator[Viewer]:
    """The viewer of somebody who may do everything, if the test says so."""
    with watched(browser, service.url, **kind) as viewer:
        if request.node.get_closest_marker("signed_in"):
            viewer.headers = service.headers
            people.enter(viewer, service.engine)
        yield viewer


@pytest.fixture
def desk(browser, service, request) -> Iterator[Viewer]:  # noqa: F811
    """The viewer on a desk, 1440 × 900."""
    with looking(browser, service, request, **DESK) as viewer:
        yield viewer


@pytest.fixture
def panel(mapless, service, request) -> Iterator[Viewer]:  # noqa: F811
    """The same without a map, for what is asked of the panel: a page costs a fifth."""
    with looking(mapless, service, request, **DESK) as viewer:
        yield viewer


@pytest.fixture
def phone(browser: Browser, service: Service) -> Iterator[Viewer]:  # noqa: F811
    """The viewer on a phone, 390 × 844, by touch."""
    with watched(browser, service.url, **PHONE) as viewer:
        yield viewer


@pytest.fixture
def page(desk: Viewer):
    """The page of the desk, for tests that drive it directly."""
    return desk.page
