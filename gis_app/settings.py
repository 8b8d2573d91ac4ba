"""What a deployment can choose. Built once, in a composition root, and passed down."""

import os
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from platformdirs import site_data_path, user_data_path
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gis_app.errors import BadInput


def _default_home() -> Path:
    # root's own folders cannot be entered by the account that PostgreSQL is run under
    return site_data_path("gis-app") if os.geteuid() == 0 else user_data_path("gis-app")


def _is_address(url: str) -> bool:
    """Whether a text is the address of a PostgreSQL database."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises where it is no number)
    except ValueError:
        return False
    return parts.scheme in {"postgresql", "postgres", "postgresql+psycopg"}


class Settings(BaseSettings):
    """Deployment settings, read from the environment (`GIS_HOME`, `GIS_DATABASE_URL`, …)."""

    model_config = SettingsConfigDict(env_prefix="GIS_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=_default_home)
    database_url: str | None = None
    database: str = "gis"
    extra_layers: Path | None = None
    pool_size: int = 16  # connections of each server process, beside those for tiles
    statement_timeout_s: int = 60
    max_upload_mb: int = 1024
    # what visitors without an account see of wells: nothing, counts per map cell of some 1.2 km, or
    # each one, without its owner; zones that are law they always see
    visitors: Literal["none", "counts", "wells"] = "none"
    # where the service is reached over https: cookies are then sent over nothing else
    https: bool = False
    # whose word on the caller's address and scheme counts (X-Forwarded-*): addresses or networks
    proxies: str = "127.0.0.1"
    # the office's own sign-in (OpenID Connect), beside names and passwords; no issuer: none
    oidc_issuer: str | None = None
    oidc_client_id: str = "gis-app"
    oidc_client_secret: str | None = None
    oidc_claim: str = "preferred_username"
    # of each server process: tiles kept in memory, connections for tiles, time for one tile
    tile_cache_mb: int = 64
    tile_connections: int = 4
    tile_timeout_s: int = 10
    # base maps of 天地图: a server-side key, the address asked ({server}: 0 to 7), tiles on disk
    tianditu_key: SecretStr | None = None
    tianditu_url: str = "https://t{server}.tianditu.gov.cn"
    basemap_cache_mb: int = 512
    # 审图号 of the map as it is published, shown on it
    map_approval: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.database_url and not _is_address(self.database_url):
            raise BadInput(
                "GIS_DATABASE_URL 应写成 postgresql://用户:口令@主机:5432/库名；"
                "不设它，则用本机自带的数据库。",
                "GIS_DATABASE_URL is written postgresql://user:password@host:5432/database; "
                "without it the private database of this machine is used.",
            )
        return self

    @property
    def private_cluster(self) -> bool:
        """Whether this deployment runs its own PostGIS cluster."""
        return self.database_url is None

    @property
    def uploads(self) -> Path:
        """Where uploaded and staged files lie."""
        return self.home / "uploads"
