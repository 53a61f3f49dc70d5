"""Character CRFs for entities and words: what is seen of a character, and what a tag means."""
