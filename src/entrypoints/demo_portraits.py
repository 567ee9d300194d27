"""Portraits of the demonstration's people: drawn, of nobody, and marked so in the picture itself."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_SIDE = 512
_MARK = "drawn for a demonstration"
_SHOWN = (132, 70, 892, 830)
"""Of what is drawn, which has 1024 each way."""
_INK, _PAPER = "#0E2329", "#FFFFFF"
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Portrait:
    """Colours of one person; `hair` is None under a scarf or where there is none."""

    wall: str
    skin: str
    hair: str | None
    coat: str
    long: bool = False
    bun: bool = False
    beard: bool = False
    glasses: bool = False
    scarf: str | None = None


PORTRAITS: dict[str, Portrait] = {
    "Dr Amara Okafor": Portrait("#DFF0F2", "#6B4226", "#1F1512", "#0B5C69", bun=True),
    "Dr Tomás Herrera Villanueva": Portrait("#FFF0CC", "#C98F65", "#2B1D16", "#24509E", beard=True),
    "Dr Ingrid Solheim": Portrait("#E3EBFA", "#F0C9AC", "#D9B36A", "#17683F", long=True),
    "Dr Li Wei Chen": Portrait("#DDF2E5", "#E3B68D", "#17120F", "#6A4600", long=True, glasses=True),
    "Dr Asha Rao": Portrait("#FCE8E6", "#A86E45", "#17110E", "#0A5561", long=True),
    "Dr Jean-Baptiste Moreau": Portrait("#E7EEEF", "#EBC0A0", "#8B8F90", "#3C5258", glasses=True),
    "Dr Fatima Al-Sayed": Portrait("#FFF0CC", "#CB9468", None, "#24383E", scarf="#2E9EAA"),
    "Dr Kenji Watanabe": Portrait("#DFF0F2", "#E8BD94", "#1B1614", "#08474F"),
    "Dr Olivia Brennan": Portrait("#DDF2E5", "#F3CDB4", "#A4502A", "#6A4600", bun=True, glasses=True),
    "Dr Hannah Vogel": Portrait("#E3EBFA", "#EDC3A5", "#6B4A33", "#B3261E", long=True),
    "Dr Samuel Adeyemi": Portrait("#FCE8E6", "#5A371F", None, "#17683F", beard=True),
    "Dr Grace Njoroge": Portrait("#FFF0CC", "#573420", "#120D0B", "#24509E"),
    "Margaret Lindqvist": Portrait("#E3EBFA", "#F0CDB5", "#C9CDCE", "#6A4600", bun=True, glasses=True),
    "Arjun Patel": Portrait("#DFF0F2", "#9E673F", "#1A1310", "#3C5258", beard=True),
    "Emily Clarke": Portrait("#FCE8E6", "#F2CBB0", "#B98A2E", "#0B5C69", long=True),
}


def draw_portrait(person: Portrait) -> bytes:
    """The portrait as PNG."""
    picture = Image.new("RGB", (2 * _SIDE, 2 * _SIDE), person.wall)
    draw = ImageDraw.Draw(picture)
    _behind(draw, person)
    draw.ellipse((182, 700, 842, 1400), fill=person.coat)
    draw.polygon(((412, 716), (512, 850), (612, 716)), fill=_PAPER)
    draw.rounded_rectangle((442, 560, 582, 770), 70, fill=person.skin)
    draw.ellipse((332, 230, 692, 690), fill=person.skin)
    _before(draw, person)
    _face(draw, person)
    small = picture.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, box=_SHOWN)
    draw = ImageDraw.Draw(small)
    draw.rectangle((0, _SIDE - 52, _SIDE, _SIDE), fill=_INK)
    draw.text((_SIDE / 2, _SIDE - 26), _MARK, fill=_PAPER, font=ImageFont.load_default(30), anchor="mm")
    made = BytesIO()
    small.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _behind(draw: ImageDraw.ImageDraw, person: Portrait) -> None:
    if person.scarf:
        draw.ellipse((270, 150, 754, 900), fill=person.scarf)
    if person.hair and person.long:
        draw.rounded_rectangle((290, 180, 734, 830), 200, fill=person.hair)
    if person.hair and person.bun:
        draw.ellipse((422, 90, 602, 270), fill=person.hair)


def _before(draw: ImageDraw.ImageDraw, person: Portrait) -> None:
    """Hair on the forehead, a scarf around the face, a beard."""
    face: Box = (332, 230, 692, 690)
    if person.beard:
        draw.chord(face, 15, 165, fill=person.hair or _INK)
        draw.ellipse((412, 470, 612, 610), fill=person.skin)
    if person.hair:
        draw.chord((312, 180, 712, 640), 190, 350, fill=person.hair)
        draw.pieslice((312, 180, 712, 640), 172, 200, fill=person.hair)
        draw.pieslice((312, 180, 712, 640), 340, 368, fill=person.hair)
        draw.ellipse((380, 366, 644, 640), fill=person.skin)
    if person.scarf:
        draw.arc((302, 190, 722, 740), 0, 360, fill=person.scarf, width=60)


def _face(draw: ImageDraw.ImageDraw, person: Portrait) -> None:
    for middle in (442, 582):
        draw.ellipse((middle - 15, 440, middle + 15, 474), fill=_INK)
        draw.arc((middle - 42, 392, middle + 42, 452), 205, 335, fill=_INK, width=9)
        if person.glasses:
            draw.ellipse((middle - 54, 404, middle + 54, 512), outline=_INK, width=9)
    if person.glasses:
        draw.line((496, 452, 528, 452), fill=_INK, width=9)
    draw.arc((490, 470, 540, 540), 20, 150, fill=_INK, width=7)
    draw.chord((446, 520, 578, 620), 20, 160, fill="#FFFFFF" if person.beard else "#8C3B35")
