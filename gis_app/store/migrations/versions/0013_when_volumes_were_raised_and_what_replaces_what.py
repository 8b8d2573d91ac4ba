"""A well's entry says since when its volume is permitted, and which well it replaces."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

# made again by after/, with more columns than before
_CHANGED = ('gis.permits_held(date, text[])',)


def upgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')
    op.add_column('well', sa.Column('permitted_since', sa.Date(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('replaces', sa.Text(), nullable=True), schema='gis')


def downgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')
    op.drop_column('well', 'replaces', schema='gis')
    op.drop_column('well', 'permitted_since', schema='gis')
