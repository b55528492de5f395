"""The page of results as values: what stands where, where each link leads. Templates only write it down."""
