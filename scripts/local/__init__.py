"""Prepare and drive a private Odoo 19 and PostgreSQL inside this checkout."""
