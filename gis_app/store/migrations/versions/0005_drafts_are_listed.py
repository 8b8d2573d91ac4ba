"""An index for the list of drafts."""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('zone_drafted', 'zone', ['recorded_at'], unique=False, schema='gis',
                    postgresql_where=sa.text("law_status in ('draft', 'in_review')"))


def downgrade() -> None:
    op.drop_index('zone_drafted', table_name='zone', schema='gis')
