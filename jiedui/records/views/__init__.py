"""The pages of records: lists, entry, one record, review, evidence."""
