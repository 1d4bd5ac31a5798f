"""Compare the screw trainer with an independent computation on the mesh, over random screws.

    python tools/check_screws.py [how many] [first seed]

The model finds the breach by a guided search with distances from a tree and pseudo-normals. Here
the solid screw is sampled densely, every distance is exact to all triangles that can be nearest,
and inside is told by counting crossings of a ray: no search, no tree, no mirror, no pseudo-normals.
What counts where (`sectors`) is a definition, so both share it. It prints the largest difference.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from l3s1.content import anatomy_pack_path
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.screw_trajectory import Build, PlanError, ScrewAnatomy, ScrewPlan
from l3s1.models.screw_trajectory.breach import Placed, breaches, place
from l3s1.models.screw_trajectory.plan import LEVELS, LIMITS
from l3s1.models.screw_trajectory.sectors import Sector, pedicle_shares, sectors
from l3s1.vocabulary import Side

ALONG, AROUND = 0.6, 40
"""mm along the screw, and looks around it."""

FINER = 4
"""How many times as finely the places of the largest are looked at again."""

BEST = 2
"""How many places of each sector are looked at again."""

CLUSTER = 48
"""Points measured together against the triangles that can be nearest to them."""

DEEP = 2.0
"""mm of bone left beyond which it does not matter how much: less is compared, more is enough."""

RAY = np.array([0.0127, 0.9998, 0.0159])
"""Along which crossings are counted: backward, a little askew so that it meets no edge."""


BATCH = 50
"""Screws compared before a line of progress."""


class Exact:
    """Exact signed distances to a closed mesh, by brute force over the triangles that matter."""

    def __init__(self, mesh: Mesh) -> None:
        self._a, self._b, self._c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
        self._middle = (self._a + self._b + self._c) / 3.0
        self._reach = np.max(
            [np.linalg.norm(each - self._middle, axis=1) for each in (self._a, self._b, self._c)],
            axis=0,
        )

    def distance(self, p: Array) -> Array:
        """Signed distance (n,) mm of points (n, 3); negative inside."""
        apart = np.concatenate([self._apart(each) for each in self._clusters(p)])
        result: Array = np.where(self.inside(p), -apart, apart)
        return result

    @staticmethod
    def _clusters(p: Array) -> list[Array]:
        """Runs of neighbouring points."""
        return np.array_split(p, max(len(p) // CLUSTER, 1))

    def _apart(self, p: Array) -> Array:
        """Unsigned distance (n,) of points near each other."""
        if not len(p):
            return np.zeros(0)
        middle = p.mean(axis=0)
        radius = np.linalg.norm(p - middle, axis=1).max()
        far = np.linalg.norm(self._middle - middle, axis=1)
        rows = np.flatnonzero(far - self._reach - radius <= far.min() + radius)
        return np.asarray(
            np.sqrt(np.min(_squares(p, self._a[rows], self._b[rows], self._c[rows]), axis=1))
        )

    def inside(self, p: Array) -> NDArray[np.bool_]:
        """Whether a ray from each point crosses the mesh an odd number of times."""
        side = np.cross(RAY, [0.0, 0.0, 1.0])
        side = side / np.linalg.norm(side)
        up = np.cross(side, RAY / np.linalg.norm(RAY))
        q = np.stack([p @ side, p @ up, p @ RAY], axis=1)
        flat = [np.stack([v @ side, v @ up, v @ RAY], axis=1) for v in (self._a, self._b, self._c)]
        low = np.min(flat, axis=0)
        high = np.max(flat, axis=0)
        count = np.zeros(len(p), dtype=int)
        for start in range(0, len(p), CLUSTER):
            some = q[start : start + CLUSTER]
            rows = np.flatnonzero(
                (low[:, :2] <= some[:, :2].max(axis=0)).all(axis=1)
                & (high[:, :2] >= some[:, :2].min(axis=0)).all(axis=1)
                & (high[:, 2] >= some[:, 2].min())
            )
            if len(rows):
                count[start : start + CLUSTER] = _ahead(some, *(v[rows] for v in flat))
        return np.asarray(count % 2 == 1)


def _ahead(q: Array, a: Array, b: Array, c: Array) -> NDArray[np.intp]:
    """How many triangles (m, 3) lie ahead of each point (n, 3) along the third coordinate."""

    def turn(s: Array, e: Array) -> Array:
        """Twice the area of each point with an edge, seen along the third coordinate: (n, m)."""
        result: Array = (e[:, 0] - s[:, 0]) * (q[:, 1:2] - s[:, 1]) - (e[:, 1] - s[:, 1]) * (
            q[:, :1] - s[:, 0]
        )
        return result

    weights = np.stack([turn(b, c), turn(c, a), turn(a, b)])
    within = (weights > 0.0).all(axis=0) | (weights < 0.0).all(axis=0)
    whole = weights.sum(axis=0)
    height = (weights * np.stack([a[:, 2], b[:, 2], c[:, 2]])[:, None]).sum(axis=0)
    height = height / np.where(whole == 0.0, 1.0, whole)
    return np.asarray((within & (height > q[:, 2:])).sum(axis=1))


def _squares(p: Array, a: Array, b: Array, c: Array) -> Array:
    """Squared distances (n, m) of points (n, 3) to triangles (m, 3): edges, and faces over them."""
    best = np.full((len(p), len(a)), np.inf)
    for s, e in ((a, b), (b, c), (c, a)):
        step = e - s
        length = np.maximum((step**2).sum(axis=1), 1e-18)
        to = p[:, None] - s
        share = np.clip((to * step).sum(axis=2) / length, 0.0, 1.0)
        best = np.minimum(best, ((to - share[..., None] * step) ** 2).sum(axis=2))
    u, v, to = b - a, c - a, p[:, None] - a
    uu, uv, vv = (u * u).sum(axis=1), (u * v).sum(axis=1), (v * v).sum(axis=1)
    pu, pv = (to * u).sum(axis=2), (to * v).sum(axis=2)
    whole = uu * vv - uv * uv
    safe = np.where(whole > 1e-14, whole, 1.0)
    i, j = (vv * pu - uv * pv) / safe, (uu * pv - uv * pu) / safe
    over = (whole > 1e-14) & (i >= 0.0) & (j >= 0.0) & (i + j <= 1.0)
    foot = to - i[..., None] * u - j[..., None] * v
    return np.where(over, np.minimum(best, (foot**2).sum(axis=2)), best)


def exact_breaches(screw: Placed, exact: Exact) -> dict[Sector, float]:
    """The breach (mm) in each sector that the solid screw reaches, by brute force."""
    depths = np.linspace(0.0, screw.plan.length_mm, int(screw.plan.length_mm / ALONG) + 1)
    turns = np.arange(AROUND) * 2.0 * np.pi / AROUND
    rows = []
    for share in (1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0):
        some = turns[:: 1 if share == 1.0 else 3] if share else turns[:1]
        depth, turn = (each.ravel() for each in np.meshgrid(depths, some, indexing="ij"))
        # the border where counting begins
        start = screw.start(some, share)
        rows.append(
            np.stack(
                [np.r_[depth, start], np.r_[turn, some], np.full(len(depth) + len(some), share)]
            )
        )
    found = _looked(screw, exact, np.concatenate(rows, axis=1))
    best = _largest(found)
    steps = np.arange(-FINER, FINER + 1) / FINER
    for sector in best:
        own = found[:, found[4] == sector]
        for depth, turn, share, *_ in own[:, np.argsort(own[3])[-BEST:]].T:
            d, t = (
                each.ravel()
                for each in np.meshgrid(
                    depth + steps * ALONG, turn + steps * 2.0 * np.pi / AROUND, indexing="ij"
                )
            )
            d = np.clip(d, screw.start(t, share), screw.plan.length_mm)
            finer = _largest(_looked(screw, exact, np.stack([d, t, np.full(len(d), share)])))
            if sector in finer:
                best[sector] = max(best[sector], finer[sector])
    for sector, value in _in_narrowest(screw).items():
        best[sector] = max(value, best.get(sector, -np.inf))
    return best


def _looked(screw: Placed, exact: Exact, looks: Array) -> Array:
    """Looks (depth, angle, share) with their distance and sector below: those that can matter.

    Neighbours are left out together where the distance of their middle, and how far they lie from
    it, rule out that one of them is the largest of its sector, or nearer the surface than `DEEP`.
    """
    points = screw.at(looks[0], looks[1], looks[2])
    where = sectors(screw.bone, points, screw.plan.sign)
    rows = np.flatnonzero(where != Sector.OUT)
    groups = np.array_split(rows, max(len(rows) // CLUSTER, 1))
    middles = np.array([points[group].mean(axis=0) for group in groups])
    radii = [
        np.linalg.norm(points[g] - m, axis=1).max() for g, m in zip(groups, middles, strict=True)
    ]
    most = np.concatenate([exact.distance(each[None]) for each in middles]) + radii
    best = np.full(len(Sector), -DEEP)
    found = [np.zeros((5, 0))]
    for k in np.argsort(-most):
        group = groups[k][best[where[groups[k]]] < most[k]]
        if len(group):
            values = exact.distance(points[group])
            np.maximum.at(best, where[group], values)
            found.append(np.vstack([looks[:, group], values, where[group]]))
    return np.concatenate(found, axis=1)


def _largest(found: Array) -> dict[Sector, float]:
    """The largest distance in each sector."""
    return {Sector(int(s)): float(found[3, found[4] == s].max()) for s in np.unique(found[4])}


def _in_narrowest(screw: Placed) -> dict[Sector, float]:
    """The same in the plane of the pedicle's narrowest section, to the outline's pieces."""
    way = screw.bone.corridor
    if way.outline is None:
        return {}
    mirror = np.array([screw.plan.sign, 1.0, 1.0])
    points, turns = [], np.linspace(0.0, 2.0 * np.pi, 180, endpoint=False)
    for share in (1.0, 0.5, 0.0):
        start, end = (
            (screw.at(np.full(180, depth), turns, share) * mirror - way.centre) @ way.axis
            for depth in (0.0, screw.plan.length_mm)
        )
        met = (start <= 0.0) & (end >= 0.0)
        depth = screw.plan.length_mm * -start[met] / (end[met] - start[met])
        points.append(screw.at(depth, turns[met], share) * mirror - way.centre)
    off = np.concatenate(points)
    flat = np.stack([off @ way.across, off @ way.upward], axis=1)
    ring = way.outline
    after = np.roll(ring, -1, axis=0)
    result: dict[Sector, float] = {}
    where = np.argmax(pedicle_shares(screw.bone, off), axis=0)
    for point, sector in zip(flat, where, strict=True):
        # the outline turns once around what it holds
        s, e = ring - point, after - point
        turned = np.arctan2(s[:, 0] * e[:, 1] - s[:, 1] * e[:, 0], (s * e).sum(axis=1)).sum()
        step = e - s
        share_on = np.clip(-(s * step).sum(1) / np.maximum((step**2).sum(1), 1e-18), 0.0, 1.0)
        apart = float(np.linalg.norm(s + share_on[:, None] * step, axis=1).min())
        signed = -apart if abs(turned) > np.pi else apart
        result[Sector(int(sector))] = max(signed, result.get(Sector(int(sector)), -np.inf))
    return result


@dataclass(frozen=True)
class Difference:
    """How far (mm) the model lies from the independent computation, for one screw.

    `breach`: what the model's search misses where a wall is broken; `margin`: of the bone left
    where it is not, `DEEP` mm standing for all that is more; `distance`: how far the two distances
    to the bone differ at the same points. Both searches find lower bounds of a largest value, so
    the larger is the truer; `distance` shows that the model's own belong to real points.
    """

    breach: float
    margin: float
    distance: float


POINTS = 160
"""Points of a screw at which the two distances are compared."""


BUILDS = (
    Build(),
    Build(0.94, 0.8, 0.95, 2.0),
    Build(1.06, 1.15, 1.05, -2.0),
    Build(1.0, 0.65, 0.9, 0.0),
)


def random_screw(rng: np.random.Generator, anatomy: ScrewAnatomy) -> Placed:
    """A screw anywhere within the limits, about its corridor half of the time."""
    while True:
        bone = anatomy.bone(LEVELS[rng.integers(len(LEVELS))], BUILDS[rng.integers(len(BUILDS))])
        side = tuple(Side)[rng.integers(2)]
        start = bone.reference_plan(side, 6.5, 45.0)
        near = rng.random() < 0.5
        values = {}
        for name, (low, high, _) in LIMITS.items():
            share = 0.2 if near and name not in ("diameter_mm", "length_mm") else 1.0
            middle = getattr(start, name) if share < 1.0 else (low + high) / 2.0
            half = share * (high - low) / 2.0
            values[name] = float(np.clip(rng.uniform(middle - half, middle + half), low, high))
        try:
            return place(bone, ScrewPlan(bone.level, side, **values))
        except PlanError:
            continue


def difference(
    found: Mapping[Sector, float], exact: Mapping[Sector, float], distance: float = 0.0
) -> Difference:
    """What the search of one screw misses, and how far its distances are off."""
    breach = margin = 0.0
    for sector, value in exact.items():
        short = max(value, -DEEP) - max(found.get(sector, -DEEP), -DEEP)
        if value > 0.0:
            breach = max(breach, short)
        else:
            margin = max(margin, short)
    return Difference(breach, margin, distance)


def distances_differ(screw: Placed, exact: Exact, rng: np.random.Generator) -> float:
    """The largest difference (mm) of the two distances over random points of the solid screw."""
    points = screw.at(
        rng.uniform(0.0, screw.plan.length_mm, POINTS),
        rng.uniform(0.0, 2.0 * np.pi, POINTS),
        np.sqrt(rng.uniform(0.0, 1.0, POINTS)),
    )
    model = screw.bone.surface.distance(points)
    return float(np.abs(np.maximum(model, -DEEP) - np.maximum(exact.distance(points), -DEEP)).max())


def compare(count: int, seed: int, anatomy: ScrewAnatomy) -> list[tuple[ScrewPlan, Difference]]:
    """The differences of `count` random screws."""
    rng = np.random.default_rng(seed)
    meshes: dict[int, Exact] = {}
    result = []
    for _ in range(count):
        screw = random_screw(rng, anatomy)
        mesh = screw.bone.surface.mesh
        exact = meshes.setdefault(id(mesh), Exact(mesh))
        distance = distances_differ(screw, exact, rng)
        found = difference(breaches(screw), exact_breaches(screw, exact), distance)
        result.append((screw.plan, found))
    return result


def main() -> None:
    """Compare and say how far apart they lie."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    anatomy = ScrewAnatomy(unpack_anatomy(anatomy_pack_path().read_bytes()))
    found = []
    for start in range(0, count, BATCH):
        found += compare(min(BATCH, count - start), seed + start, anatomy)
        print(f"{len(found)} of {count} screws", file=sys.stderr, flush=True)
    for what in ("breach", "margin", "distance"):
        values = np.array([getattr(each, what) for _, each in found])
        print(f"{what}: largest difference {values.max():.3f} mm, 99% within ", end="")
        print(f"{np.quantile(values, 0.99):.3f} mm, over {count} screws")
        print(f"  {found[int(np.argmax(values))][0]}")


if __name__ == "__main__":
    main()
