"""Accounts, their roles, sessions and tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('account_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('full_name', sa.Text(), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('must_change', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.CheckConstraint("name ~ '^[[:alnum:]][[:alnum:]_.@-]{0,63}$'", name=op.f('account_name')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('account_pkey')),
    schema='gis'
    )
    op.create_index('account_name', 'account', [sa.literal_column('lower(name)')], unique=True, schema='gis')
    op.create_table('failed_sign_in',
    sa.Column('failed_sign_in_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('failed_sign_in_id', name=op.f('failed_sign_in_pkey')),
    schema='gis'
    )
    op.create_index('failed_sign_in_key', 'failed_sign_in', ['key', 'at'], unique=False, schema='gis')
    op.create_table('account_role',
    sa.Column('account_role_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('granted_by', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("area ~ '^([0-9]{2,12})?$'", name=op.f('account_role_area')),
    sa.CheckConstraint("role in ('viewer', 'inspector', 'planner', 'approver', 'analyst', 'administrator')", name=op.f('account_role_role')),
    sa.ForeignKeyConstraint(['account_id'], ['gis.account.account_id'], name=op.f('account_role_account_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_role_id', name=op.f('account_role_pkey')),
    schema='gis'
    )
    op.create_index('account_role_key', 'account_role', ['account_id', 'role', 'area'], unique=True, schema='gis')
    op.create_table('session',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('csrf', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['gis.account.account_id'], name=op.f('session_account_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('session_pkey')),
    schema='gis'
    )
    op.create_index('session_account_id', 'session', ['account_id'], unique=False, schema='gis')
    op.create_table('token',
    sa.Column('token_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('roles', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("area ~ '^([0-9]{2,12})?$'", name=op.f('token_area')),
    sa.ForeignKeyConstraint(['account_id'], ['gis.account.account_id'], name=op.f('token_account_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_id', name=op.f('token_pkey')),
    sa.UniqueConstraint('digest', name=op.f('token_digest_key')),
    schema='gis'
    )
    op.create_index('token_account_id', 'token', ['account_id'], unique=False, schema='gis')


def downgrade() -> None:
    # what guards other tables goes too
    op.execute("""
    do $$
    declare
      each record;
    begin
      for each in select tablename from pg_policies where schemaname = 'gis' loop
        execute format('drop policy sight on gis.%I', each.tablename);
        execute format('alter table gis.%I disable row level security', each.tablename);
      end loop;
    end
    $$""")
    for name in ('refuse_beyond_rights', 'account_changed'):
        op.execute(f'drop function if exists gis.{name} cascade')
    op.drop_index('token_account_id', table_name='token', schema='gis')
    op.drop_table('token', schema='gis')
    op.drop_index('session_account_id', table_name='session', schema='gis')
    op.drop_table('session', schema='gis')
    op.drop_index('account_role_key', table_name='account_role', schema='gis')
    op.drop_table('account_role', schema='gis')
    op.drop_index('failed_sign_in_key', table_name='failed_sign_in', schema='gis')
    op.drop_table('failed_sign_in', schema='gis')
    op.drop_index('account_name', table_name='account', schema='gis')
    op.drop_table('account', schema='gis')
