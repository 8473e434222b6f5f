"""Reads files into documents and cuts them into passages: the only part that knows file formats."""
