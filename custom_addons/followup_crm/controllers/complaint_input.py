"""What visitors send: checked, cleaned, counted. Nothing but what is named is taken."""

from odoo.http import request

from ..tools.incoming_mail import clean

# Field of the form → the most characters that it takes.
LIMITS = {
    "complainant_name": 120,
    "complainant_company": 120,
    "email_from": 250,
    "phone": 50,
    "customer_reference": 250,
    "subject": 250,
    "description": 20_000,
    "message": 20_000,
    "comment": 2_000,
    "wish": 2_000,
}
MAX_FILES = 10
MEGABYTE = 1024 * 1024
# Named so that no browser fills it in by itself, and hidden: only programs do.
TRAP = "fcrm_leave_empty"


def files_hint(channel):
    """What a form says about files."""
    return request.env._(
        "At most %(count)s files, together %(size)s MB.",
        count=MAX_FILES,
        size=channel.attachment_megabytes,
    )


class Refused(Exception):
    """What was sent cannot be taken; the text tells the visitor why."""


class Input:
    """The values and files of one posted form."""

    def __init__(self, names, channel):
        """:param names: the fields that are taken; whatever else was sent is ignored
        :param channel: ``followup.complaint.channel`` with the limits
        """
        self.channel = channel
        self.was_cleaned = False
        self.values = {name: self._read(name) for name in names}
        self.files = []

    def _read(self, name):
        given = request.httprequest.form.get(name, "")
        cleaned = clean(given).replace("\r\n", "\n").strip()
        self.was_cleaned |= "\0" in given
        return cleaned

    def get(self, name):
        return self.values.get(name, "")

    def check(self, labels, required=()):
        """Raise with all that is missing or too long.

        :param labels: name → what the visitor calls the field
        """
        env = request.env
        if request.httprequest.form.get(TRAP):
            raise Refused(env._("Please leave the hidden field empty and send again."))
        problems = []
        for name in required:
            if not self.get(name):
                problems.append(env._("Please fill in: %(field)s.", field=labels[name]))
        for name, value in self.values.items():
            limit = LIMITS.get(name)
            if limit and len(value) > limit:
                self.values[name] = value[:limit]
                problems.append(
                    env._(
                        "%(field)s is too long: at most %(limit)s characters.",
                        field=labels.get(name, name),
                        limit=limit,
                    )
                )
        if problems:
            raise Refused("\n".join(problems))

    def read_files(self, name="attachments"):
        """Read the files; raise if there are too many or they are too large."""
        env = request.env
        given = [one for one in request.httprequest.files.getlist(name) if one.filename]
        if len(given) > MAX_FILES:
            raise Refused(
                env._("At most %(count)s files can be sent at once.", count=MAX_FILES)
            )
        megabytes = self.channel.attachment_megabytes
        left = megabytes * MEGABYTE
        for one in given:
            content = one.stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Refused(
                    env._(
                        "The files are too large: together at most %(size)s MB.",
                        size=megabytes,
                    )
                )
            self.was_cleaned |= "\0" in one.filename
            filename = clean(one.filename).replace("\\", "/").rpartition("/")[2]
            self.files.append((filename[:200] or "attachment", content))
        return self.files

    def check_pace(self):
        """Raise if too much was sent from here within a minute."""
        env = request.env
        source = request.httprequest.remote_addr
        limit = self.channel.posts_per_minute
        if not env["followup.complaint.post"]._take(source, limit):
            raise TooMany(
                env._(
                    "Too many messages came from your connection within a minute."
                    " Please wait a minute and send again; what you wrote is kept."
                )
            )

    def is_first(self):
        """Whether this form was not sent yet: pressing twice sends once."""
        once = request.httprequest.form.get("once", "")[:100]
        return request.env["followup.complaint.post"]._claim_once(once)


class TooMany(Refused):
    """Refused because of the pace: answered with status 429."""
