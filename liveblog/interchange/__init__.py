"""Documents and other formats in and out; parsing apart from storing."""
