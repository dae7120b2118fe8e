"""The complaints of the demonstration: who complained, about what, what came of it.

Days are counted back from today. ``steps`` are hours after the complaint was received.
"""

from .complaint_story_past import PAST

# The case that the guide tells: an English buyer, a partner factory, off colour.
MAIN = {
    "key": "brightwell_shirts",
    "customer": "brightwell",
    "product": "oxford",
    "days": 40,
    "channel": "email",
    "user": "user_wang",
    "subject": "Oxford shirts: part is off colour, sizes do not match the contract",
    "description": "We opened the first 40 cartons in Leeds. About a fifth of the"
    " shirts is visibly greener than the approved shade; sizes L and XL measure 2 cm"
    " less across the chest than agreed. Pictures are attached. The shirts should"
    " be in 60 shops in three weeks. What do you propose?",
    "category": "colour",
    "severity": "major",
    "quantity": 240,
    "wanted": "replacement",
    "cause": "sample",
    "containment": "Two lots at the factory stopped; the buyer keeps the cartons closed"
    " until they are sorted by our inspector in Leeds.",
    "sample_result": "differs",
    "inspection_note": "Mid-line inspection passed; at the final inspection only 2 of 6"
    " dye lots were opened, and chest widths were measured on sizes S and M only.",
    "findings": "240 of 1,200 shirts come from a dye lot that was never compared with"
    " the sealed sample. The factory cut sizes L and XL after an older pattern.",
    "root_cause": "The partner factory changed the dye house without telling us, and"
    " our inspection plan does not ask for every dye lot and every size.",
    "responsible_kind": "supplier",
    "supplier": True,
    "instruction": "Replace what is off colour by air at the factory's cost, or up to"
    " 15 % off; no return of the whole order. The answer leaves today.",
    "consequences": "The factory bears air freight and sorting (USD 2,900). One more"
    " case, and it loses the status of partner factory.",
    "proposals": [
        ("Replace 240 shirts by air within 12 days", "replacement", 0, 2900, "agreed"),
        ("15 % off the shirts concerned", "discount", 400, 400, "withdrawn"),
        ("Return of the 240 shirts", "return", 2600, 2600, "withdrawn"),
    ],
    "steps": {
        "acknowledged": 2,
        "contained": 6,
        "directed": 20,
        "proposed": 22,
        "agreed": 46,
        "remedied": 320,
        "told": 322,
        "closed": 340,
    },
    "result": "240 shirts were replaced by air. The shade came from a dye lot that had"
    " not been compared with your sealed sample; sizes L and XL had been cut after an"
    " older pattern. Every dye lot and every size is now checked before packing.",
    "revisit": ("satisfied", 7),
    "actions": [
        (
            "Compare every dye lot with the sealed sample before cutting",
            "corrective",
            "verified",
            "Quality",
        ),
        (
            "Measure every size at the final inspection",
            "preventive",
            "done",
            "Merchandising",
        ),
    ],
    "mail": True,
}

STORIES = [
    MAIN,
    {
        "key": "nordwind_zips",
        "customer": "nordwind",
        "product": "softshell",
        "days": 0,
        "hours": 3,
        "channel": "phone",
        "user": "user_lena",
        "subject": "Zips break on the first day, sales stopped in 42 shops",
        "description": "Mrs Petersen called: 31 jackets came back within two days. The"
        " shops have stopped selling the jacket and ask what to tell their customers.",
        "category": "quality",
        "severity": "critical",
        "quantity": 31,
        "wanted": "explanation",
    },
    {
        "key": "harrow_labels",
        "customer": "harrow_pine",
        "product": "fleece",
        "days": 2,
        "channel": "email",
        "user": "user_lena",
        "subject": "Size labels swapped: M is sewn into S",
        "description": "Our warehouse found 180 pullovers with the wrong size label.",
        "category": "size",
        "severity": "major",
        "quantity": 180,
        "wanted": "rework",
        "containment": "Remaining stock at the factory is relabelled before shipping.",
        "findings": "One carton of labels was filed under the wrong size.",
        "steps": {"acknowledged": 1, "contained": 8, "investigating": 9},
    },
    {
        "key": "cascadia_late",
        "customer": "cascadia",
        "product": "parka",
        "days": 1,
        "channel": "email",
        "user": "user_diego",
        "subject": "Parkas arrive nine days after the promised week",
        "description": "The vessel missed the connection in Busan. Our launch is lost.",
        "category": "late",
        "severity": "major",
        "wanted": "discount",
        "cause": "transport",
        "containment": "The last 200 parkas fly.",
        "findings": "The booking was made two days late, after the samples were late.",
        "responsible_kind": "us",
        "department": "Shipping",
        "instruction": "Up to 4 % off, or freight of the next order.",
        "steps": {"acknowledged": 1, "contained": 10, "directed": 12},
    },
    {
        "key": "lavaud_documents",
        "customer": "maison_lavaud",
        "product": "linen",
        "days": 6,
        "channel": "fax",
        "user": "user_wang",
        "subject": "Certificate of origin does not match the invoice",
        "description": "Customs in Le Havre holds the container.",
        "category": "documents",
        "severity": "major",
        "wanted": "other",
        "cause": "documents",
        "containment": "Corrected certificate sent by courier the same day.",
        "findings": "The quantity was changed after the certificate had been issued.",
        "responsible_kind": "us",
        "department": "Documents",
        "instruction": "We bear the demurrage.",
        "proposals": [
            ("We pay the demurrage", "credit", 380, 380, "offered"),
        ],
        "steps": {
            "acknowledged": 1,
            "contained": 5,
            "directed": 24,
            "proposed": 26,
            "paused": 27,
        },
        "pause": "Waiting for the demurrage invoice of the forwarder",
    },
    {
        "key": "stranger_jacket",
        "customer": None,
        "days": 0,
        "hours": 5,
        "channel": "form",
        "user": "user_zhou",
        "subject": "Seam of a rain jacket opened after one walk",
        "description": "I bought it in a shop in York. The label says Meridian.",
        "complainant": ("Ann Archer", "ann.archer@mail.example"),
        "severity": "minor",
        "category": "workmanship",
        "wanted": "replacement",
    },
    {
        "key": "southerly_quantity",
        "customer": "southerly",
        "product": "softshell",
        "days": 24,
        "channel": "email",
        "user": "user_diego",
        "subject": "Two cartons short",
        "description": "48 jackets are missing; the seal of the container was intact.",
        "category": "quantity",
        "severity": "major",
        "quantity": 48,
        "wanted": "credit",
        "cause": "packing",
        "findings": "Two cartons stayed behind at the stuffing.",
        "responsible_kind": "us",
        "department": "Warehouse",
        "instruction": "Credit, or with the next order.",
        "proposals": [("Credit note over 48 jackets", "credit", 1630, 1085, "agreed")],
        "steps": {
            "acknowledged": 2,
            "contained": 8,
            "directed": 28,
            "proposed": 30,
            "agreed": 60,
            "remedied": 140,
            "told": 142,
            "closed": 390,
        },
        "result": "You have the credit note over 48 jackets. The stuffing list is now"
        " signed by two people.",
        "actions": [
            ("Two signatures on each stuffing list", "corrective", "done", "Warehouse")
        ],
    },
    *PAST,
]
