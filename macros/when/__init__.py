"""What depends on the day: schedules become times, a site and a day become a programme.

In: a `Site` and a day. Out: entries with their coming times, and the words for them.
"""
