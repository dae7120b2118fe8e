"""Scheduled work on many records, of which one may fail."""

import logging

_logger = logging.getLogger(__name__)


def work_apart(records, work, private=False):
    """Do ``work(records)``; where that fails, do it for each record by itself.

    What fails leaves no trace but a line in the log, and keeps no other waiting.

    :param records: a recordset, worked off together where it can be
    :param work: called with a recordset
    :param private: the log names the kind of error only, for personal data
    :return: the records that failed
    """
    if _attempt(records, work, private):
        return records.browse()
    failed = [one.id for one in records if not _attempt(one, work, private)]
    return records.browse(failed)


def _attempt(records, work, private):
    try:
        with records.env.cr.savepoint():
            work(records)
    except Exception as error:
        if len(records) == 1:
            kind = type(error).__name__
            _logger.error(
                "Scheduled work on %s failed: %s", records, kind, exc_info=not private
            )
        return False
    return True
