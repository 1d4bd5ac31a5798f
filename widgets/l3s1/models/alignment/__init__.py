"""Pelvis and lumbar spine from the side: angles, norms, scores, and films to be measured.

Angles are degrees, lengths mm. Points are (posterior, superior) in the plane of a lateral film, the
origin in the middle of the S1 end plate. A plate's tilt is positive where it falls forward, as the
sacrum's does: the sacral slope is the tilt of S1. Everything stands on its plates, so that pelvic
incidence = pelvic tilt + sacral slope and lordosis = the sum of the segments hold in every state.
The page computes the same (`widgets/frontend/src/alignment`); both are tested with
`tests/fixtures/alignment_states.json`. No number of medicine is in here: all are handed in.
"""
