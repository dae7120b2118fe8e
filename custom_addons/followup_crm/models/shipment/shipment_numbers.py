from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import transport

PLACE_OF_CODE = {
    "port_loading_code": "port_loading",
    "port_discharge_code": "port_discharge",
}


class Shipment(models.Model):
    """Numbers of transport are checked as they are typed (K2)."""

    _inherit = "followup.shipment"

    # === CONSTRAINTS === #

    @api.constrains("container_numbers")
    def _check_container_numbers(self):
        for shipment in self:
            for number in transport.split_containers(shipment.container_numbers):
                fault = transport.check_container(number)
                if fault:
                    raise ValidationError(self._explain_container(fault))

    @api.constrains("awb_number")
    def _check_awb_number(self):
        for shipment in self.filtered("awb_number"):
            fault = transport.check_waybill(transport.normalize(shipment.awb_number))
            if fault:
                raise ValidationError(self._explain_waybill(fault))

    @api.constrains("vessel_imo")
    def _check_vessel_imo(self):
        for shipment in self.filtered("vessel_imo"):
            fault = transport.check_imo(transport.normalize(shipment.vessel_imo))
            if fault:
                raise ValidationError(
                    self.env._(
                        "%(number)s is no IMO number: a ship has seven digits, of which"
                        " the last one follows from the others (for example 9074729).",
                        number=fault.number,
                    )
                )

    @api.constrains(*PLACE_OF_CODE)
    def _check_place_codes(self):
        for shipment in self:
            for name in PLACE_OF_CODE:
                code = shipment[name]
                if code and transport.check_locode(code):
                    raise ValidationError(
                        self.env._(
                            "%(code)s is no UN/LOCODE: two letters for the country and"
                            " three for the place (or digits 2 to 9), for example CNNGB"
                            " for Ningbo. Leave it empty if you do not know it.",
                            code=code,
                        )
                    )

    def _explain_container(self, fault):
        if fault.kind == "form":
            return self.env._(
                "%(number)s is no container number: four letters, the last of which is"
                " U, J or Z, and seven digits, for example CSQU3054383. Several are"
                " separated by commas.",
                number=fault.number,
            )
        return self.env._(
            "Container %(number)s cannot be right: after %(begin)s the check digit must"
            " be %(expected)s. Compare it with the booking or the door of the"
            " container.",
            number=fault.number,
            begin=fault.number[:-1],
            expected=fault.expected,
        )

    def _explain_waybill(self, fault):
        if fault.kind == "form":
            return self.env._(
                "%(number)s is no air waybill: three digits of the airline and eight of"
                " the waybill, for example 020-12345675. Other waybills belong into the"
                " field Waybill.",
                number=fault.number,
            )
        return self.env._(
            "Air waybill %(number)s cannot be right: its last digit must be"
            " %(expected)s. Compare it with the waybill.",
            number=transport.format_waybill(fault.number),
            expected=fault.expected,
        )

    # === ONCHANGE === #

    @api.onchange("port_loading_code", "port_discharge_code")
    def _onchange_place_codes(self):
        """A known code fills in the name of the place."""
        for code, place in PLACE_OF_CODE.items():
            known = transport.PLACES.get(transport.normalize(self[code]))
            if known and not self[place]:
                self[place] = known

    # === BUSINESS === #

    @api.model
    def _with_numbers(self, vals):
        """The values with numbers as they are written on documents."""
        vals = dict(vals)
        for name in ("vessel_imo", *PLACE_OF_CODE):
            if vals.get(name):
                vals[name] = transport.normalize(vals[name])
        if vals.get("vessel_imo"):
            vals["vessel_imo"] = vals["vessel_imo"].removeprefix("IMO")
        if vals.get("container_numbers"):
            numbers = transport.split_containers(vals["container_numbers"])
            vals["container_numbers"] = ", ".join(numbers)
        if vals.get("awb_number"):
            number = transport.normalize(vals["awb_number"])
            vals["awb_number"] = transport.format_waybill(number)
        for code, place in PLACE_OF_CODE.items():
            known = transport.PLACES.get(vals.get(code))
            if known and place not in vals and not any(self.mapped(place)):
                vals[place] = known
        return vals
