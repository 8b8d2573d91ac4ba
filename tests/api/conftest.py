"""The API tests talk to a real server."""

from tests.service import http, service  # noqa: F401
