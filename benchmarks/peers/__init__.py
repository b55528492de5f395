"""What else a user could have taken, each set up as its own documentation tells.

A peer is given the same articles as rows and the same queries as `Asked`, and answers each as a page needs
it: the best ten, the exact total, counts by outlet and month, and ten passages. None of them imports Arshif.
"""
