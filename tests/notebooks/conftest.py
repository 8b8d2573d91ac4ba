"""Each notebook runs once, whoever asks for it."""

import pytest

from tests.notebooks.asked import ASK
from tests.notebooks.running import run
from tests.service import service  # noqa: F401


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
