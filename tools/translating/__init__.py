"""What the portal says, in which languages: read from the code, kept in locale/, checked on every run of the tests."""
