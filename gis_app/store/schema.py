"""The schema in the database: Alembic migrations, then the idempotent files of `after/`."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from gis_app import registers
from gis_app.store import holidays

MIGRATIONS = Path(__file__).parent / "migrations"
# before the tables, because defaults and generated columns use these functions
BEFORE = "10_functions.sql"
READER = "09_reader.sql"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head", *, anew: bool = False) -> None:
    """Bring the schema to a revision and re-apply functions, triggers and views.

    `anew`: even where they are applied; after a restore, because a dump does not hold all of it.
    """
    with engine.connect() as connection:
        if revision == "head" and current(connection) and not anew:
            return  # re-creating triggers would wait for every writer
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)
        apply_after(connection)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take migrations back; at "base" nothing of ours is left."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def check(engine: Engine) -> None:
    """Raise if `tables.py` and the migrated database differ."""
    with engine.begin() as connection:
        command.check(_config(connection))


def apply_after(connection: Connection) -> None:
    """Run the files of `after/` in the order of their names; running them again changes nothing."""
    for script in _after():
        run_script(connection, script)
    holidays.fill(connection)
    connection.execute(
        text(
            "insert into gis.setting (key, value) values ('after', to_jsonb(cast(:d as text)))"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"d": digest()},
    )


def make_reader(connection: Connection) -> None:
    """Make the role that callers read as; it is the server's, so no dump of a database has it."""
    run_script(connection, _text(READER))


def knows(revision: str) -> bool:
    """Whether this program can bring a database of a revision to its own."""
    return revision in {
        each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def _after() -> list[str]:
    """What the database is made of beside its tables; what registers say on a day is shared."""
    own = files("gis_app.store").joinpath("after").iterdir()
    scripts = {p.name: p.read_text(encoding="utf-8") for p in own if p.name.endswith(".sql")}
    scripts |= {name: registers.sql(name) for name in registers.FUNCTIONS}
    return [scripts[name] for name in sorted(scripts)]


@cache  # each layer's tiles ask for it
def digest() -> str:
    """A mark of what the database is made of beside its tables."""
    return hashlib.sha256("".join([*_after(), holidays.EDITION]).encode()).hexdigest()


def current(connection: Connection) -> bool:
    """Whether the database is as this program makes it."""
    if version(connection) != _head():
        return False
    found = connection.execute(text("select value from gis.setting where key = 'after'")).scalar()
    return found == digest()


def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def run_script(connection: Connection, script: str) -> None:
    """Run an SQL script as it stands: no parameters, many statements."""
    cursor = connection.connection.cursor()
    cursor.execute(script)
    cursor.close()


def before_tables() -> str:
    """The script that the first migration needs."""
    return _text(BEFORE)


def _text(name: str) -> str:
    return files("gis_app.store").joinpath("after", name).read_text(encoding="utf-8")


def version(connection: Connection) -> str | None:
    """The migration revision of this database, or None where there is none."""
    there = connection.execute(text("select to_regclass('public.alembic_version')")).scalar()
    if there is None:
        return None
    found = connection.execute(text("select version_num from alembic_version")).scalar()
    return None if found is None else str(found)
