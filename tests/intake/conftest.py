"""A desk to import at, and small files to import."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from gis_app.intake.batch import Desk
from gis_app.registry import Registry, load


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load()


@pytest.fixture
def desk(fresh_database: Engine, registry: Registry, tmp_path: Path) -> Desk:
    return Desk(
        engine=fresh_database,
        registry=registry,
        uploads=tmp_path / "uploads",
        actor="tester",
        reason="test",
    )


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    def make(header: str, *lines: str, name: str = "wells.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return make


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, parts: Sequence[tuple[str, Any]]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for inner, content in parts:
                out.writestr(inner, content)
        return path

    return make
