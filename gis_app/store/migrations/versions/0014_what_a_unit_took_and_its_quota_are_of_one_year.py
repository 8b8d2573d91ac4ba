"""What a unit took and the quota it is held against are of one year."""

from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

# made again by after/, with more columns than before
_CHANGED = ('gis.units_on(date)',)


def upgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')


def downgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')
