"""How the tables of the catalogue came to be."""
