"""A well's entry says whether it was found that nobody owns or manages it."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('well', sa.Column('ownerless', sa.Boolean(), nullable=True), schema='gis')


def downgrade() -> None:
    op.drop_column('well', 'ownerless', schema='gis')
