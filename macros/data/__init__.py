"""What the site consists of: the model, its fields and values, the loaded `Site`, faults.

Frozen, validated, without I/O. In: values as typed. Out: things, or faults in Danish.
"""
