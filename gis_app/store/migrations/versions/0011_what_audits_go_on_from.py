"""Of what audits go on from: the law, where wells stood, in which layers zones changed since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('delete from gis.audited')  # so the next audit asks everything
    op.add_column('audited', sa.Column('law', postgresql.JSONB(astext_type=sa.Text()), nullable=False), schema='gis')
    op.add_column('audited', sa.Column('counties', postgresql.JSONB(astext_type=sa.Text()), nullable=False), schema='gis')
    op.add_column('unaudited', sa.Column('layers', postgresql.ARRAY(sa.Text()), nullable=True), schema='gis')


def downgrade() -> None:
    op.execute('drop function if exists gis.mark_imports cascade')
    op.drop_column('unaudited', 'layers', schema='gis')
    op.drop_column('audited', 'counties', schema='gis')
    op.drop_column('audited', 'law', schema='gis')
