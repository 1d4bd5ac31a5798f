"""Questions for other programs: Anki, QTI 2.1 and 3.0, Moodle.

`selection` chooses items, `portable` gathers what travels with each, and one module a format
writes the file.
"""
