"""The steps from blocks to a draft, in the order `read.py` calls them; each says what it Reads and Writes."""
