"""What must hold, and what is worth saying: the only judge of content.

In: a `Site` (even one that could be read in part only). Out: faults, which stop, and remarks.
"""
