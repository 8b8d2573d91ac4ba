"""Features to put into the town, and what its history says of them."""

from sqlalchemy import text

from tests.world import LAT, LON, square

WELLS = "/collections/well/items"
ZONES = "/collections/prohibited_zone/items"


def point(code: str, **properties):
    place = {"type": "Point", "coordinates": [LON, LAT]}
    values = {"code": code, "area_code": "140302", "status": "active", **properties}
    return {"type": "Feature", "geometry": place, "properties": values}


def drawn(name: str, side_m: float = 500, **properties):
    values = {"name": name, "valid_from": "2024-01-01", **properties}
    return {
        "type": "Feature",
        "geometry": square(0, 0, side_m).__geo_interface__,
        "properties": values,
    }


def made(http, path, body, **more):
    answer = http.post(path, json=body, **more)
    assert answer.status_code == 201, answer.text
    return answer


def by(http, name):
    """What somebody shows who may do everything."""
    return http.people[name]


def step(http, path, version, name, tag, actor, **body):
    """Lead a version a step further; the answer."""
    headers = {**by(http, actor), "If-Match": tag}
    return http.post(f"{path}/versions/{version}/{name}", json=body, headers=headers)


def reviewed(http, path, version, tag, by="审批人", **body):
    """Submit a draft and approve it by another hand; the answer."""
    sent = step(http, path, version, "submit", tag, "起草人")
    assert sent.status_code == 200, sent.text
    done = step(http, path, version, "approve", sent.headers["ETag"], by, **body)
    assert done.status_code == 200, done.text
    return done


def law(http, body):
    """A zone drafted by one and approved by another; the answer."""
    first = made(http, ZONES, body, headers=by(http, "起草人"))
    path = f"{ZONES}/{first.json()['id']}"
    return reviewed(http, path, 1, first.headers["ETag"])


def history(town, table, key):
    statement = "select op, actor, reason from gis.change where table_name = :t and key = :k"
    with town.engine.connect() as conn:
        return conn.execute(text(statement + " order by change_id"), {"t": table, "k": key}).all()
