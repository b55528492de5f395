"""Helpers of the Makefile; the running archive needs none of them."""
