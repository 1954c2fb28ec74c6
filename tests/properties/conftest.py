"""How many examples a property is tried with: few in `make test`, many in `make faults`, each time the same ones.

Other ones come with `LIVE_TESTS_EXAMPLES=other make faults`, as each week on GitHub: what they find is worth knowing,
but no reason to refuse a change that has nothing to do with it.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = "LIVE_TESTS_EXAMPLES"
"""Environment variable: `few` (as by default), `many` or `other`."""

# A busy machine is slow, which is no reason to fail; what an example costs is seen in how long the tests take.
SHARED = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
# To make a failing example small can take minutes: that is for `many`.
settings.register_profile("few", SHARED, max_examples=20, derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.register_profile("many", SHARED, max_examples=300, derandomize=True, print_blob=True)
# One that fails is printed with what tries it again: `@reproduce_failure(…)`.
settings.register_profile("other", SHARED, max_examples=3000, print_blob=True)
settings.load_profile(os.environ.get(EXAMPLES, "few"))
