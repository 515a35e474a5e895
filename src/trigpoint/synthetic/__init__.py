# SPDX-License-Identifier: MIT
"""National rounds that never took place, with the statistical shape of real ones, and files laid out like theirs.

Every name of a provider says *synthetic*, and so must whatever is made of these rounds.
"""

from trigpoint.synthetic.faults import Fault, PlantedFault, PublishedFile, publish_rounds
from trigpoint.synthetic.parse import parse_shape
from trigpoint.synthetic.published import build_published_rows
from trigpoint.synthetic.rounds import DEFAULT_SEED, SyntheticRounds, make_rounds
from trigpoint.synthetic.shape import Shape

__all__ = [
    "DEFAULT_SEED",
    "Fault",
    "PlantedFault",
    "PublishedFile",
    "Shape",
    "SyntheticRounds",
    "build_published_rows",
    "make_rounds",
    "parse_shape",
    "publish_rounds",
]
