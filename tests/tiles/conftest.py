"""The tile tests talk to a real server; those that must see every process start several."""

from tests.service import http, service  # noqa: F401
