"""The read-only interface for programs, `/api/v1/`: what it answers is what the pages show."""
