"""The field's own terms, shared by every layer.

Anatomical names follow Terminologia Anatomica in English; operations and gradings use the
names surgeons write. Nothing here computes and nothing here is a medical number.
"""

from __future__ import annotations

from enum import StrEnum


class Vertebra(StrEnum):
    """The vertebrae that the course draws, from superior to inferior."""

    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    S1 = "S1"


class MotionSegment(StrEnum):
    """Two neighbouring vertebrae and what joins them; L3–S1 holds three."""

    L2_L3 = "L2-L3"
    L3_L4 = "L3-L4"
    L4_L5 = "L4-L5"
    L5_S1 = "L5-S1"


class NerveRoot(StrEnum):
    """The roots that a lesion between L2 and S1 can reach; the lower sacral ones as a group."""

    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    S1 = "S1"
    S2_S4 = "S2-S4"


class LesionZone(StrEnum):
    """Where a lesion lies in the axial plane, from the midline outward.

    Paracentral includes the lateral recess.
    """

    CENTRAL = "central"
    PARACENTRAL = "paracentral"
    FORAMINAL = "foraminal"
    EXTRAFORAMINAL = "extraforaminal"


class LesionCause(StrEnum):
    """What presses on a root: a herniated disc, or thickened bone and ligament."""

    DISC = "disc"
    BONE = "bone"


class SignKind(StrEnum):
    """The kinds of signs and symptoms by which a root is localised."""

    SENSORY = "sensory"
    PAIN = "pain"
    MOTOR = "motor"
    REFLEX = "reflex"
    TENSION = "tension"
    HISTORY = "history"


class Side(StrEnum):
    """The side of the body, the patient's own; paired structures end in it."""

    LEFT = "left"
    RIGHT = "right"


class Tissue(StrEnum):
    """What a part of the 3D model is made of; every picture colours it alike."""

    BONE = "bone"
    ANNULUS = "annulus"
    NUCLEUS = "nucleus"
    LIGAMENT = "ligament"
    DURA = "dura"
    NERVE = "nerve"
    ARTERY = "artery"
    VEIN = "vein"
    MUSCLE = "muscle"
    IMPLANT = "implant"
    GRAFT = "graft"
    SOFT_CALLUS = "soft_callus"
    NEW_BONE = "new_bone"
    LUCENCY = "lucency"


class Layer(StrEnum):
    """The layers of the 3D model, outermost first: the order in which they are peeled off."""

    MUSCLES = "muscles"
    VESSELS = "vessels"
    LIGAMENTS = "ligaments"
    NERVES = "nerves"
    DISCS = "discs"
    BONES = "bones"


class Graft(StrEnum):
    """What can be laid into the bed of a fusion; own bone where a source does not say whence."""

    CREST = "crest"
    LOCAL_BONE = "local_bone"
    OWN_BONE = "own_bone"
    ALLOGRAFT = "allograft"
    BONE_MATRIX = "bone_matrix"
    CERAMIC = "ceramic"
    BIOACTIVE_GLASS = "bioactive_glass"
    CELLULAR_MATRIX = "cellular_matrix"
    PEPTIDE = "peptide"
    GROWTH_FACTOR = "growth_factor"
    MARROW = "marrow"
    PLATELETS = "platelets"


class GraftProperty(StrEnum):
    """What a graft can bring to the healing of bone."""

    OSTEOGENIC = "osteogenic"
    OSTEOINDUCTIVE = "osteoinductive"
    OSTEOCONDUCTIVE = "osteoconductive"


class Bearing(StrEnum):
    """Whether a graft is said to have a property."""

    YES = "yes"
    WEAK = "weak"
    NO = "no"
    CLAIMED = "claimed"
    DISPUTED = "disputed"


class GraftBed(StrEnum):
    """Where the graft of a lumbar fusion lies."""

    POSTEROLATERAL = "posterolateral"
    INTERBODY = "interbody"


class UnionReader(StrEnum):
    """Who called a fusion united, and on what."""

    INDEPENDENT = "independent"
    SURGEON = "surgeon"
    CT = "ct"
    XRAY = "xray"
    CRITERION = "criterion"
    NOT_STATED = "not_stated"


class Lane(StrEnum):
    """The swim lanes of the recovery timeline, in drawing order."""

    HOSPITAL_AND_WOUND = "hospital_and_wound"
    MOBILITY = "mobility"
    REHABILITATION = "rehabilitation"
    ACTIVITIES_AND_WORK = "activities_and_work"
    BONE_HEALING = "bone_healing"
    IMAGING_AND_CLINIC = "imaging_and_clinic"
    DANGER_WINDOWS = "danger_windows"


class PhaseKind(StrEnum):
    """What a bar on a timeline means."""

    MILESTONE = "milestone"
    PERIOD = "period"
    DANGER_WINDOW = "danger_window"
    VISIT = "visit"
    NO_EVIDENCE = "no_evidence"


class EffectKind(StrEnum):
    """What a choice about a patient does to a bar of a timeline, as far as a fact says."""

    MOVES = "moves"
    SOONER = "sooner"
    LATER = "later"
    MORE = "more"
    LESS = "less"
    NO_DIFFERENCE = "no_difference"
    DISPUTED = "disputed"
    NONE = "none"


class StepKind(StrEnum):
    """What is known of changing something about a patient before surgery."""

    TRIED = "tried"
    OBSERVED = "observed"
    DISPUTED = "disputed"
    NO_GAIN = "no_gain"
    UNTESTED = "untested"


class Design(StrEnum):
    """Study designs, as evidence-based medicine names them."""

    META_ANALYSIS = "meta_analysis"
    RANDOMISED_TRIAL = "randomised_trial"
    SYSTEMATIC_REVIEW = "systematic_review"
    REGISTRY = "registry"
    COHORT = "cohort"
    CASE_SERIES = "case_series"
    ANATOMICAL_SERIES = "anatomical_series"
    SURVEY = "survey"
    GUIDELINE = "guideline"
    NARRATIVE_REVIEW = "narrative_review"
    OPINION = "opinion"
    LABORATORY = "laboratory"
    CONVENTION = "convention"


class Trust(StrEnum):
    """How closely the course has read the source of a fact."""

    FULL_TEXT = "full_text"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Evidence(StrEnum):
    """The levels of evidence that every picture of the course draws alike, strongest first."""

    TRIAL = "trial"
    COHORT = "cohort"
    OPINION = "opinion"
    NONE = "none"


EVIDENCE_OF_DESIGN: dict[Design, Evidence] = {
    Design.META_ANALYSIS: Evidence.TRIAL,
    Design.RANDOMISED_TRIAL: Evidence.TRIAL,
    Design.SYSTEMATIC_REVIEW: Evidence.COHORT,
    Design.REGISTRY: Evidence.COHORT,
    Design.COHORT: Evidence.COHORT,
    Design.CASE_SERIES: Evidence.COHORT,
    Design.ANATOMICAL_SERIES: Evidence.COHORT,
    Design.SURVEY: Evidence.OPINION,
    Design.GUIDELINE: Evidence.OPINION,
    Design.NARRATIVE_REVIEW: Evidence.OPINION,
    Design.OPINION: Evidence.OPINION,
    Design.LABORATORY: Evidence.OPINION,
    Design.CONVENTION: Evidence.OPINION,
}
"""A systematic review counts as cohort level: it is a trial's level only where it pools trials.

An anatomical series measures people, their images or specimens: it counts like a cohort."""

EVIDENCE_MARK: dict[Evidence, str] = {
    Evidence.TRIAL: "●",
    Evidence.COHORT: "◐",
    Evidence.OPINION: "○",
    Evidence.NONE: "–",
}

EVIDENCE_LABEL: dict[Evidence, str] = {
    Evidence.TRIAL: "trials",
    Evidence.COHORT: "cohorts and registries",
    Evidence.OPINION: "surveys, opinion, convention, animal models",
    Evidence.NONE: "no evidence",
}

TRUST_LABEL: dict[Trust, str] = {
    Trust.FULL_TEXT: "read in the full text",
    Trust.ABSTRACT: "read in the abstract",
    Trust.SECONDARY: "quoted in another paper",
    Trust.UNVERIFIED: "teaching convention, not sourced",
}

TRIAGE_DECISIONS: dict[str, str] = {
    "a": "Emergency, now: call the surgeon, send an ambulance",
    "b": "To be seen today",
    "c": "Clinic this week",
    "d": "Reassure, and say when to ring again",
}
"""What can be decided about a call, by the letter of the choice: the same for every case."""

LANE_LABEL: dict[Lane, str] = {
    Lane.HOSPITAL_AND_WOUND: "Hospital and wound",
    Lane.MOBILITY: "Mobility",
    Lane.REHABILITATION: "Rehabilitation",
    Lane.ACTIVITIES_AND_WORK: "Activities and work",
    Lane.BONE_HEALING: "Bone healing",
    Lane.IMAGING_AND_CLINIC: "Imaging and clinic",
    Lane.DANGER_WINDOWS: "Danger windows",
}

GRAFT_PROPERTY_MEANING: dict[GraftProperty, str] = {
    GraftProperty.OSTEOGENIC: "brings living cells that make bone",
    GraftProperty.OSTEOINDUCTIVE: "signals that turn other cells into bone-makers",
    GraftProperty.OSTEOCONDUCTIVE: "a scaffold for bone to grow along",
}

BEARING_LABEL: dict[Bearing, str] = {
    Bearing.YES: "yes",
    Bearing.WEAK: "weakly",
    Bearing.NO: "no",
    Bearing.CLAIMED: "claimed",
    Bearing.DISPUTED: "disputed",
}

UNION_READER_LABEL: dict[UnionReader, str] = {
    UnionReader.INDEPENDENT: "CT, read independently or blinded",
    UnionReader.SURGEON: "CT, read by the surgeons",
    UnionReader.CT: "CT, reader not named",
    UnionReader.XRAY: "X-ray",
    UnionReader.CRITERION: "by a criterion; method not named",
    UnionReader.NOT_STATED: "how it was read is not stated",
}

EFFECT_LABEL: dict[EffectKind, str] = {
    EffectKind.MOVES: "changes the time",
    EffectKind.SOONER: "sooner or shorter, without days",
    EffectKind.LATER: "later or longer, without days",
    EffectKind.MORE: "more",
    EffectKind.LESS: "less",
    EffectKind.NO_DIFFERENCE: "no difference found",
    EffectKind.DISPUTED: "sources disagree",
    EffectKind.NONE: "no evidence found",
}
"""`none` is never typed: it is what holds where no fact says anything."""

EFFECT_MARK: dict[EffectKind, str] = {
    EffectKind.MOVES: "↔",
    EffectKind.SOONER: "◀",
    EffectKind.LATER: "▶",
    EffectKind.MORE: "▲",
    EffectKind.LESS: "▼",
    EffectKind.NO_DIFFERENCE: "=",
    EffectKind.DISPUTED: "≠",
    EffectKind.NONE: "–",
}
"""Signs that go with the words of `EFFECT_LABEL`, never alone."""


STEP_LABEL: dict[StepKind, str] = {
    StepKind.TRIED: "trials show a gain",
    StepKind.OBSERVED: "seen in groups, not tried",
    StepKind.DISPUTED: "sources disagree",
    StepKind.NO_GAIN: "trials show no gain",
    StepKind.UNTESTED: "no evidence for changing it",
}


def weakest(levels: list[Evidence]) -> Evidence:
    """The weakest of several levels of evidence; `Evidence.NONE` where there is none."""
    order = list(Evidence)
    return max(levels, key=order.index, default=Evidence.NONE)


DAYS_PER_UNIT: dict[str, float] = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 365.25 / 12, "y": 365.25}
"""Calendar conversion: a month is a twelfth of a Julian year."""


def in_days(value: float, unit: str) -> float:
    """Convert a time of `value` `unit` ("h", "d", "wk", "mo" or "y") to days.

    Raises `ValueError` where the unit is not one of time.
    """
    if unit not in DAYS_PER_UNIT:
        raise ValueError(f"{unit!r} is not a unit of time; use one of {', '.join(DAYS_PER_UNIT)}")
    return value * DAYS_PER_UNIT[unit]
