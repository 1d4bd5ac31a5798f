"""Questions and cases put to the student, what is kept of the answers, and exports of them.

The parts are imported from their modules, so that who asks for one does not load the others.
"""
