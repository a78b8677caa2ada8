"""What is published: HTML, calendars, linked data, the finder's data, PDF, pictures, templates to
fill in; and the judge of what was built.

In: a `Site`, its pages and its programme. Out: files by path.
"""
