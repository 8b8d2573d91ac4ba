"""The way to a well: shifted for Chinese maps in their links only, and labelled there."""

from urllib.parse import parse_qs, urlsplit

from tests.e2e.test_promises import barriers, small_targets


def test_only_the_links_to_chinese_maps_are_shifted_and_they_say_so(panel):
    well = panel.wells("close")[0]
    own = (well["lon"], well["lat"])
    panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.open(f"#sel=well:{well['code']}")
    panel.find("[data-key=navigate]").click()
    script = "(all) => Object.fromEntries(all.map((a) => [a.dataset.way, a.href]))"
    links = panel.find("[data-way]").evaluate_all(script)
    assert list(links) == ["amap", "tencent", "baidu", "geo"]
    lon, lat, code = parse_qs(urlsplit(links["amap"]).query)["to"][0].split(",")
    assert code == well["code"]
    away = abs(float(lon) - own[0]) + abs(float(lat) - own[1])
    assert 0.001 < away < 0.02
    lat, lon = links["geo"].removeprefix("geo:").split("?")[0].split(",")
    assert (float(lon), float(lat)) == tuple(round(n, 7) for n in own)
    for way in links:
        said = panel.find(f"[data-way={way}]").inner_text()
        assert ("GCJ-02" in said) == (way != "geo")
    panel.find(".action >> text=复制坐标").click()
    copied = panel.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{own[0]:.6f}, {own[1]:.6f}"


def test_the_ways_to_a_well_can_be_hit_with_a_thumb_and_have_no_barrier(phone):
    code = phone.wells("close")[0]["code"]
    phone.open(f"#sel=well:{code}")
    phone.unfold()
    phone.settle()
    assert barriers(phone) == []
    assert small_targets(phone) == []
    assert phone.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
