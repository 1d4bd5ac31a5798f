"""Rigid transforms: where a bone's own frame lies in the spine's frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.bones.sdf import Array


@dataclass(frozen=True)
class Pose:
    """Turns by `rotation` (3, 3), then moves by `shift` (3,) mm."""

    rotation: Array
    shift: Array

    def __call__(self, p: Array) -> Array:
        """Points (n, 3) mm of the inner frame, in the outer frame."""
        return p @ self.rotation.T + self.shift

    def inverse(self) -> Pose:
        """The pose that undoes this one."""
        return Pose(self.rotation.T, -self.rotation.T @ self.shift)

    def after(self, first: Pose) -> Pose:
        """The pose that does `first`, then this one."""
        return Pose(self.rotation @ first.rotation, self.rotation @ first.shift + self.shift)


IDENTITY = Pose(np.eye(3), np.zeros(3))


def tilt(degrees: float) -> Array:
    """Rotation (3, 3) about x that lowers the front by `degrees` (a vertebra bending forward)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])
