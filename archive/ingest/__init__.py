"""How raw files come in: found, staged, read (`reading`: plain functions, no Django), handed to services."""
