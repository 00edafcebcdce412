"""Law as dated data: a provision of a statute, in the version somebody read.

    provision   a statute, a provision of it, its link
    statutes    the statutes we cite, each with the version that was read

May import errors. Knows no rule: what a provision asks is in `policy.rules`.
"""

from grondslag.law.provision import Provision, Statute
from grondslag.law.statutes import STATUTES, statute

__all__ = ["STATUTES", "Provision", "Statute", "statute"]
