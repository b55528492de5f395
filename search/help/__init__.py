"""Help with a query that finds little: what the reader may have meant. Nothing is ever changed silently."""

from search.help.particles import only_particles
from search.help.suggesting import suggestions

__all__ = ["only_particles", "suggestions"]
