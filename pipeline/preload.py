"""What the server of worker processes imports, once for all of them: what each needs for its first PDF, and for the first documents that it puts together."""

from __future__ import annotations

from importlib import import_module

from pipeline.cores import import_arrow_alone

# Before those that import it as a matter of course.
import_arrow_alone()
for name in ("pipeline.work", "pipeline.read.pdf", "pypdfium2", "pipeline.across"):
    import_module(name)
