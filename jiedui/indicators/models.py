"""No tables; Django signals the end of a migration only to rooms that have this file."""
