"""The desk: one live story on one page, for those who run it."""
