"""What audits go on from: the last of everything, what has changed since, who has which fact."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recorded',
    sa.Column('area_code', sa.Text(), nullable=False),
    sa.Column('facts', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('wells', postgresql.ARRAY(sa.BigInteger()), nullable=False),
    sa.PrimaryKeyConstraint('area_code', name=op.f('recorded_pkey')),
    schema='gis'
    )
    op.create_table('unaudited',
    sa.Column('change_id', sa.BigInteger(), nullable=True),
    sa.Column('well_id', sa.BigInteger(), nullable=True),
    schema='gis'
    )
    op.create_table('audited',
    sa.Column('one', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('run_id', sa.BigInteger(), nullable=False),
    sa.Column('program', sa.Text(), nullable=False),
    sa.CheckConstraint('one', name=op.f('audited_single')),
    sa.ForeignKeyConstraint(['run_id'], ['gis.audit_run.run_id'], name=op.f('audited_run_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('one', name=op.f('audited_pkey')),
    schema='gis'
    )


def downgrade() -> None:
    # the triggers that fill these tables go with their functions
    for name in ('mark_everything', 'mark_changes', 'mark_wells'):
        op.execute(f'drop function if exists gis.{name} cascade')
    op.drop_table('audited', schema='gis')
    op.drop_table('unaudited', schema='gis')
    op.drop_table('recorded', schema='gis')
