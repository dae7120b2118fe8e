"""Installing, upgrading and uninstalling on a database that is in use."""

import pytest

from tests.support import database, living

LEFT_TABLES = """
SELECT table_name FROM information_schema.tables
 WHERE table_schema = 'public'
   AND (table_name LIKE 'followup%' OR table_name LIKE 'fcrm%')
"""
LEFT_COLUMNS = """
SELECT table_name || '.' || column_name FROM information_schema.columns
 WHERE table_schema = 'public'
   AND (column_name LIKE 'fcrm%' OR column_name LIKE 'followup%')
"""
LEFT_RECORDS = {
    "ir_model_data": "module = 'followup_crm'",
    "ir_model": "model LIKE 'followup.%'",
    "ir_model_fields": "model LIKE 'followup.%' OR name LIKE 'fcrm%'",
    "survey_survey": "survey_type = 'followup'",
    "ir_sequence": "code LIKE 'followup%'",
    "ir_config_parameter": "key LIKE 'followup%'",
    "ir_cron c JOIN ir_act_server a ON a.id = c.ir_actions_server_id": (
        "a.code LIKE '%followup%'"
    ),
    "ir_attachment": "res_model LIKE 'followup.%'",
    "mail_message": "model LIKE 'followup.%'",
    "mail_followers": "res_model LIKE 'followup.%'",
    "mail_activity": "res_model LIKE 'followup.%'",
    "ir_default d JOIN ir_model_fields f ON f.id = d.field_id": (
        "f.model LIKE 'followup.%'"
    ),
}
FILES = """
SELECT c.company_id, count(*), count(DISTINCT c.code), count(*) FILTER (
       WHERE p.commercial_partner_id = p.id)
  FROM followup_customer c JOIN res_partner p ON p.id = c.partner_id
 GROUP BY c.company_id ORDER BY c.company_id
"""


CODES = "SELECT md5(string_agg(code, ',' ORDER BY id)) FROM followup_customer"


@pytest.fixture(scope="module")
def lived(make_database):
    """(database, its companies, its columns and checksums before us)"""
    made = make_database.copy("living")
    companies = living.fill(made)
    columns = living.columns(made)
    return made, companies, columns, living.checksums(made, columns)


def changed(lived) -> list[str]:
    made, _companies, columns, before = lived
    after = living.checksums(made, columns)
    return [column for column in before if before[column] != after[column]]


def test_1_install(lived):
    """R7: Installation changes no value and makes the files of those who bought."""
    made, companies, _columns, _before = lived
    assert database.complaints(made.install()) == []
    assert changed(lived) == []
    expected = [[str(company), "9", "9", "9"] for company in sorted(companies)]
    assert made.sql(FILES) == expected


def test_2_work_with_it(lived):
    """After work with the module, upgrading keeps what was made."""
    made, _companies, _columns, _before = lived
    before = made.sql(CODES)
    assert database.complaints(made.upgrade()) == []
    assert made.sql(CODES) == before
    assert changed(lived) == []


def test_3_uninstall_keeps_everybody_elses_data(lived):
    """Uninstalling changes no value of what was there before."""
    made, _companies, _columns, _before = lived
    made.uninstall()
    assert changed(lived) == []


def test_4_uninstall_leaves_no_table_or_column(lived):
    """Uninstalling drops our tables and our columns."""
    made, _companies, columns, _before = lived
    assert made.sql(LEFT_TABLES) == []
    assert made.sql(LEFT_COLUMNS) == []
    assert living.columns(made) == columns


@pytest.mark.parametrize("table", sorted(LEFT_RECORDS))
def test_5_uninstall_leaves_no_record(lived, table):
    """Uninstalling removes what we put into Odoo's own tables."""
    made, _companies, _columns, _before = lived
    query = f"SELECT count(*) FROM {table} WHERE {LEFT_RECORDS[table]}"
    assert made.sql(query) == [["0"]]


def test_6_install_again(lived):
    """After uninstalling, the module installs once more."""
    made, companies, _columns, _before = lived
    assert database.complaints(made.install()) == []
    expected = [[str(company), "9", "9", "9"] for company in sorted(companies)]
    assert made.sql(FILES) == expected
