"""Danish itself: sorting, joining, ids, readability, stems and compounds, dates.

The lowest room: knows nothing of the site. In: text. Out: text and numbers.
"""
