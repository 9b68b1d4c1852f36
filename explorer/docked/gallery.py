"""Who is enrolled, and who is recognised."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.gallery import GalleryPanel

_ENROLLED, _UNKNOWN = ("gallery_pages", 1), ("gallery_pages", 2)


def make() -> "GalleryPanel":
    """Make the panel."""
    from explorer.panels.gallery import GalleryPanel

    return GalleryPanel()


PANEL = PanelSpec(
    title=tr("Gallery"),
    letter="G",
    page="gallery",
    place=Place.RIGHT_TOP,
    rank=1,
    make=make,
    controls=(
        ControlSpec("gallery_pages", tr("Who is it?"), "I", choice=0),
        ControlSpec("gallery_pages", tr("Who is enrolled"), "E", choice=1),
        ControlSpec("enrol_images", tr("Enrol images …"), "A", tab=_ENROLLED),
        ControlSpec("enrol_from_verify", tr("Enrol the images of Verify"), "V", tab=_ENROLLED),
        ControlSpec("measure_rates", tr("Measure the open-set rates"), "R", tab=_UNKNOWN),
    ),
)
