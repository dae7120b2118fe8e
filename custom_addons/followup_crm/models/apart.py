"""Scheduled work on many records, of which one may fail."""

import logging

_logger = logging.getLogger(__name__)


def work_apart(records, work):
    """Do ``work(records)``; where that fails, do it for each record by itself.

    What fails leaves no trace but a line in the log, and keeps no other waiting.

    :param records: a recordset, worked off together where it can be
    :param work: called with a recordset
    :return: the records that failed
    """
    if _attempt(records, work):
        return records.browse()
    failed = [one.id for one in records if not _attempt(one, work)]
    return records.browse(failed)


def _attempt(records, work):
    try:
        with records.env.cr.savepoint():
            work(records)
    except Exception:
        if len(records) == 1:
            _logger.exception("Scheduled work on %s failed", records)
        return False
    return True
