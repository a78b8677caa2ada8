"""How work is spared and shared: what was made before is kept, the rest is spread over the cores.

In: pure functions, digests of what they are given. Out: what they give. All that is kept may be
thrown away at any time; the next run makes it again.
"""
