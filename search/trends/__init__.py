"""How much was written of something, and when: up to five queries, or one query by outlet, over time.

The way of a question: the address (`asked`) -> stretches of time (`periods`) -> counts (`lines`) and what is
held (`held`) -> a drawing (`chart`) -> a page (`page`) or a file (`drawing`, `files`).
"""
