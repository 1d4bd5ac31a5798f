"""l3s1: an interactive course on lumbar fusion from L3 to S1, taught as evidence.

The public names are what lessons call. They are imported when first used, so that reading the
content or starting a server does not wait for the drawing libraries.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from l3s1.activities.alignment_workbench import AlignmentWorkbenchActivity
    from l3s1.activities.anatomy_explorer import AnatomyExplorerActivity
    from l3s1.activities.approach_atlas import ApproachAtlasActivity
    from l3s1.activities.approach_results import ApproachResultsActivity
    from l3s1.activities.bone_state import BoneStateActivity
    from l3s1.activities.cages import CagesActivity
    from l3s1.activities.calibration_game import CalibrationGameActivity
    from l3s1.activities.comparisons import ComparisonsActivity
    from l3s1.activities.constructs import ConstructsActivity
    from l3s1.activities.fuse_and_bend import FuseAndBendActivity
    from l3s1.activities.fusion_or_ageing import FusionOrAgeingActivity
    from l3s1.activities.graft_chooser import GraftChooserActivity
    from l3s1.activities.graft_network import GraftNetworkActivity
    from l3s1.activities.graft_properties import GraftPropertiesActivity
    from l3s1.activities.hazards import HazardsActivity
    from l3s1.activities.hundred_people import HundredPeopleActivity
    from l3s1.activities.indication_trials import IndicationTrialsActivity
    from l3s1.activities.level_above import LevelAboveActivity
    from l3s1.activities.level_above_model import LevelAboveModelActivity
    from l3s1.activities.localise_lesion import LocaliseLesionActivity
    from l3s1.activities.motion_by_level import MotionByLevelActivity
    from l3s1.activities.operation_stepper import OperationStepperActivity
    from l3s1.activities.outcome_courses import OutcomeCoursesActivity
    from l3s1.activities.pelvic_fixation import PelvicFixationActivity
    from l3s1.activities.predictors import PredictorsActivity
    from l3s1.activities.published_shares import PublishedSharesActivity
    from l3s1.activities.recovery_timeline import RecoveryTimelineActivity
    from l3s1.activities.reoperation import ReoperationActivity
    from l3s1.activities.responder_curve import ResponderCurveActivity
    from l3s1.activities.rods import RodsActivity
    from l3s1.activities.roots_at_disc import RootsAtDiscActivity
    from l3s1.activities.screw_options import ScrewOptionsActivity
    from l3s1.activities.screw_trainer import ScrewTrainerActivity
    from l3s1.activities.selection_board import SelectionBoardActivity
    from l3s1.activities.union_by_definition import UnionByDefinitionActivity
    from l3s1.activities.union_by_levels import UnionByLevelsActivity
    from l3s1.activities.union_over_time import UnionOverTimeActivity
    from l3s1.assessment.case_player import CasePlayer
    from l3s1.assessment.progress_panel import ProgressPanel
    from l3s1.assessment.review import ReviewActivity
    from l3s1.content import load_content
    from l3s1.lesson import CourseMap, Lesson

__version__ = version("l3s1")

_HOME = {
    "AlignmentWorkbenchActivity": "l3s1.activities.alignment_workbench",
    "AnatomyExplorerActivity": "l3s1.activities.anatomy_explorer",
    "ApproachAtlasActivity": "l3s1.activities.approach_atlas",
    "ApproachResultsActivity": "l3s1.activities.approach_results",
    "BoneStateActivity": "l3s1.activities.bone_state",
    "CagesActivity": "l3s1.activities.cages",
    "CalibrationGameActivity": "l3s1.activities.calibration_game",
    "CasePlayer": "l3s1.assessment.case_player",
    "ComparisonsActivity": "l3s1.activities.comparisons",
    "ConstructsActivity": "l3s1.activities.constructs",
    "CourseMap": "l3s1.lesson",
    "FuseAndBendActivity": "l3s1.activities.fuse_and_bend",
    "FusionOrAgeingActivity": "l3s1.activities.fusion_or_ageing",
    "GraftChooserActivity": "l3s1.activities.graft_chooser",
    "GraftNetworkActivity": "l3s1.activities.graft_network",
    "GraftPropertiesActivity": "l3s1.activities.graft_properties",
    "HazardsActivity": "l3s1.activities.hazards",
    "HundredPeopleActivity": "l3s1.activities.hundred_people",
    "IndicationTrialsActivity": "l3s1.activities.indication_trials",
    "Lesson": "l3s1.lesson",
    "LevelAboveActivity": "l3s1.activities.level_above",
    "LevelAboveModelActivity": "l3s1.activities.level_above_model",
    "LocaliseLesionActivity": "l3s1.activities.localise_lesion",
    "MotionByLevelActivity": "l3s1.activities.motion_by_level",
    "OperationStepperActivity": "l3s1.activities.operation_stepper",
    "OutcomeCoursesActivity": "l3s1.activities.outcome_courses",
    "PelvicFixationActivity": "l3s1.activities.pelvic_fixation",
    "PredictorsActivity": "l3s1.activities.predictors",
    "ProgressPanel": "l3s1.assessment.progress_panel",
    "PublishedSharesActivity": "l3s1.activities.published_shares",
    "RecoveryTimelineActivity": "l3s1.activities.recovery_timeline",
    "ReoperationActivity": "l3s1.activities.reoperation",
    "ResponderCurveActivity": "l3s1.activities.responder_curve",
    "ReviewActivity": "l3s1.assessment.review",
    "RodsActivity": "l3s1.activities.rods",
    "RootsAtDiscActivity": "l3s1.activities.roots_at_disc",
    "ScrewOptionsActivity": "l3s1.activities.screw_options",
    "ScrewTrainerActivity": "l3s1.activities.screw_trainer",
    "SelectionBoardActivity": "l3s1.activities.selection_board",
    "UnionByDefinitionActivity": "l3s1.activities.union_by_definition",
    "UnionByLevelsActivity": "l3s1.activities.union_by_levels",
    "UnionOverTimeActivity": "l3s1.activities.union_over_time",
    "load_content": "l3s1.content",
}

__all__ = [
    "AlignmentWorkbenchActivity",
    "AnatomyExplorerActivity",
    "ApproachAtlasActivity",
    "ApproachResultsActivity",
    "BoneStateActivity",
    "CagesActivity",
    "CalibrationGameActivity",
    "CasePlayer",
    "ComparisonsActivity",
    "ConstructsActivity",
    "CourseMap",
    "FuseAndBendActivity",
    "FusionOrAgeingActivity",
    "GraftChooserActivity",
    "GraftNetworkActivity",
    "GraftPropertiesActivity",
    "HazardsActivity",
    "HundredPeopleActivity",
    "IndicationTrialsActivity",
    "Lesson",
    "LevelAboveActivity",
    "LevelAboveModelActivity",
    "LocaliseLesionActivity",
    "MotionByLevelActivity",
    "OperationStepperActivity",
    "OutcomeCoursesActivity",
    "PelvicFixationActivity",
    "PredictorsActivity",
    "ProgressPanel",
    "PublishedSharesActivity",
    "RecoveryTimelineActivity",
    "ReoperationActivity",
    "ResponderCurveActivity",
    "ReviewActivity",
    "RodsActivity",
    "RootsAtDiscActivity",
    "ScrewOptionsActivity",
    "ScrewTrainerActivity",
    "SelectionBoardActivity",
    "UnionByDefinitionActivity",
    "UnionByLevelsActivity",
    "UnionOverTimeActivity",
    "__version__",
    "load_content",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"l3s1 has no {name!r}; its public names are {', '.join(sorted(_HOME))}")


def __dir__() -> list[str]:
    return sorted(__all__)
