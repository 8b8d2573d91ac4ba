"""Each notebook runs once, whoever asks for it."""

import pytest

from tests.notebooks.asked import ASK
from tests.notebooks.running import run
from tests.service import service  # noqa: F401


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one worker."""
    for item in items:
        if "tests/notebooks/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("notebooks"))


@pytest.fixture(scope="session")
def executed(service, tmp_path_factory):  # noqa: F811
    """A function that runs a notebook, once: (notebook, what it told, its folder)."""
    done = {}

    def once(path):
        if path not in done:
            folder = tmp_path_factory.mktemp(path.stem)
            done[path] = (*run(path, folder, service, ASK.get(path.stem, "")), folder)
        return done[path]

    return once
