"""`gis-app serve`: what it hands on to the server."""

from gis_app.cli import serve


def test_whose_word_on_addresses_counts_is_the_deployment_s_to_say(
    fresh_database, monkeypatch, tmp_path
):
    given = {}
    monkeypatch.setattr(serve.uvicorn, "run", lambda _, **more: given.update(more))
    monkeypatch.setattr(serve.deps, "engine", lambda *_, **__: fresh_database)
    monkeypatch.setattr(serve.deps, "database_url", lambda _: "postgresql:///x")
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql:///x")  # put back afterwards
    monkeypatch.setenv("GIS_HOME", str(tmp_path))
    for said, trusted in ((None, "127.0.0.1"), ("172.16.0.0/12", "172.16.0.0/12")):
        if said:
            monkeypatch.setenv("GIS_PROXIES", said)
        serve.serve(port=0)
        assert (given["proxy_headers"], given["forwarded_allow_ips"]) == (True, trusted)
