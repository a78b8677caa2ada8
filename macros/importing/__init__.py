"""Other systems' files become files of `data/`, tried by the rules before any is written.

In: a calendar or an Open Referral file. Out: YAML files, and a report of what was left out.
"""
