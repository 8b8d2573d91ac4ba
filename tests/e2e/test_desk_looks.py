"""Every screen of the desk: no barrier, no small target, nothing cut off, in two languages."""

import pytest

from tests.e2e import people
from tests.e2e.browser import BARE, DESK, PHONE, watched
from tests.e2e.desk import FREE
from tests.e2e.test_promises import barriers, small_targets

SIZES = {
    "desk": DESK,
    "tablet": {**DESK, "viewport": {"width": 1024, "height": 768}},
    "phone": PHONE,
}


def screens(viewer):
    """The desk from the choice of a layer to the saved draft, and the lists."""
    viewer.open("#13/37.8975/113.43&l=overdraft_zone")
    viewer.pull_up()
    viewer.find("[data-key=desk]").click()
    viewer.find("[data-key=draw-overdraft_zone]").click()
    yield "start"
    viewer.find("[data-key=grade-general]").click()
    viewer.find(".desk-tools").wait_for()
    viewer.settle()
    yield "empty"
    viewer.find(".corners summary").click()
    rows = [f"J{i}\t{lon}\t{lat}" for i, (lon, lat) in enumerate(FREE)]
    viewer.find("#corners-text").fill("\n".join(rows))
    viewer.find("[data-key=corners-take]").click()
    viewer.find("gw-steps summary").click()
    viewer.settle()
    yield "drawn"
    viewer.find("[data-key=tool-clip]").click()
    viewer.find("[data-aims]").wait_for()
    yield "clip"
    viewer.find(".panel-back").click()
    viewer.find("dialog[open]").wait_for()
    yield "leaving"
    viewer.find("[data-key=leave-stay]").click()
    viewer.find("[data-key=desk-form]").click()
    viewer.find("[data-key=desk-save]").click()
    viewer.find("#form-name-bad").wait_for()
    yield "form"
    viewer.find("#form-name").fill("示例新超采区")
    viewer.find("[data-key=desk-save]").click()
    viewer.find("[data-saved]").wait_for()
    viewer.settle()
    yield "saved"
    viewer.find("[data-key^=versions-]").first.click()
    viewer.find("[data-versions] [data-version], [data-versions] [data-absent]").first.wait_for()
    viewer.settle()
    yield "versions"


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_has_no_barrier_and_nothing_is_cut_off(browser, service, size):
    with watched(browser, service.url, **SIZES[size]) as viewer:
        people.enter(viewer, service.engine)
        for screen in screens(viewer):
            assert barriers(viewer) == [], screen
            wide = viewer.page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= SIZES[size]["viewport"]["width"], screen
            fits = viewer.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
            assert fits, screen
            if size == "phone":
                assert small_targets(viewer) == [], screen


def test_the_desk_speaks_english_too(desk, service):
    people.enter(desk, service.engine)
    desk.open(BARE, "?lang=en")
    for screen in screens(desk):
        fits = desk.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
        assert fits, screen
        words = desk.find(".panel .desk, [data-desk=start]").evaluate_all(
            "(all) => all.map((e) => [...e.querySelectorAll('button, label, h3, p.desk-hint')]"
            ".map((x) => x.textContent).join(' ')).join(' ')"
        )
        assert not any("\u4e00" <= c <= "\u9fff" for c in words.replace("示例", "")), screen
