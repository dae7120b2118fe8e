"""Make raw pictures small enough for a repository: fewer colours, fewer pixels."""

import sys
from pathlib import Path

from PIL import Image

COLOURS = 64
WIDEST = {"": 900, "phone": 390}
# What the app page shows, by its name there.
PAGE_PICTURES = {
    "kanban": "customers",
    "form-overview": "customer_file",
    "sheet": "sheet",
    "today": "today",
    "order-board": "orders",
    "shipment": "shipment",
    "complaint-form": "complaint",
    "pareto": "pareto",
    "phone-today": "phone_today",
    "phone-order": "phone_order",
    "phone-form": "phone_file",
}


def shrink(source: Path, target: Path) -> None:
    """Write a smaller picture; what looks the same as before is left alone."""
    image = Image.open(source).convert("RGB")
    widest = WIDEST["phone" if "phone" in source.stem else ""]
    if image.width > widest:
        height = round(image.height * widest / image.width)
        image = image.resize((widest, height), Image.Resampling.LANCZOS)
    image = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=0)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".webp":
        image.convert("RGB").save(target, lossless=True, method=6)
    else:
        image.save(target, optimize=True)


def main(raw: Path, images: Path, page: Path) -> None:
    for source in sorted(raw.rglob("*.png")):
        shrink(source, images / source.relative_to(raw).with_suffix(".webp"))
    # Odoo's own pages of apps take no WebP.
    for name, page_name in PAGE_PICTURES.items():
        picture = raw / "en" / f"{name}.png"
        if picture.exists():
            shrink(picture, page / f"{page_name}.png")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
