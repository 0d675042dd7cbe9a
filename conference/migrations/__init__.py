"""The database's revisions, run by `conference.database.migrate`."""
