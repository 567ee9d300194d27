"""How Alembic runs the revisions: on the connection that the storage hands over, in the transaction that it is in."""

from alembic import context

from adapters.persistence.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
