"""Every term that Odoo exports from the module is translated into Chinese."""

import polib
import pytest

from tests.static.test_translation import PO

EXPORT = """
from odoo.tools.translate import TranslationModuleReader
reader = TranslationModuleReader(env.cr, ["followup_crm"], lang=None)
return sorted({source for _m, _kind, _name, _id, source, *_rest in reader if source})
"""


@pytest.fixture(scope="module")
def terms(plain_database):
    return set(plain_database.shell(EXPORT))


@pytest.fixture(scope="module")
def translated():
    return {entry.msgid for entry in polib.pofile(str(PO)) if not entry.obsolete}


def test_every_term_is_translated(terms, translated):
    """No term that a user may read is missing from zh_CN.po."""
    assert len(terms) > 100
    assert sorted(terms - translated) == []


def test_nothing_is_translated_in_vain(terms, translated):
    """zh_CN.po holds no term that is not used any more."""
    assert sorted(translated - terms) == []
