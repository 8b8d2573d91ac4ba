"""The map drawn as a globe."""

from tests.e2e.test_promises import barriers


def test_the_earth_is_round_when_asked_and_what_it_shows_is_the_same(desk):
    desk.open("#9/37.9/113.6&l=district,well")
    told = sum(desk.api("/layers")["flags"].values())
    projection = "() => window.__gw.map.getProjection().type"
    assert desk.page.evaluate(projection) == "mercator"
    button = desk.find(".control[aria-label=地球视图]")
    button.click()
    desk.settle()
    assert desk.page.evaluate(projection) == "globe"
    assert button.get_attribute("aria-pressed") == "true"
    desk.page.evaluate("() => window.__gw.map.jumpTo({ zoom: 2 })")
    desk.settle()
    script = """() => { const map = window.__gw.map;
      const here = map.project([113.6, 37.9]);
      const onEarth = ([x, y]) => {
        const back = map.project(map.unproject([x, y]));
        return Math.hypot(back.x - x, back.y - y) < 1;
      };
      const wells = map.queryRenderedFeatures({ layers: ['well/count'] });
      return [wells.reduce((sum, f) => sum + f.properties.wells, 0), onEarth([here.x, here.y]),
        onEarth([3, 3])]; }"""
    assert desk.page.evaluate(script) == [told, True, False]
    assert barriers(desk) == []
    button.click()
    desk.settle()
    assert desk.page.evaluate(projection) == "mercator"
