"""The embeddings as a map."""

from typing import TYPE_CHECKING

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.panels.map import MapPanel


def make() -> "MapPanel":
    """Make the panel."""
    from explorer.panels.map import MapPanel

    return MapPanel()


PANEL = PanelSpec(
    title=tr("Map"),
    letter="M",
    page="map",
    place=Place.CENTRE_TOP,
    rank=0,
    make=make,
    controls=(
        ControlSpec("fit_map", tr("Show all points"), "F", "fit"),
        ControlSpec("projection_method", tr("Lay out with PCA"), "P", choice="pca"),
        ControlSpec("projection_method", tr("Lay out with UMAP"), "U", choice="umap"),
        ControlSpec("projection_method", tr("Lay out with t-SNE"), "T", choice="tsne"),
        ControlSpec("projection_settings", tr("Settings of the projection …"), "S", "settings"),
        ControlSpec("map_colouring", tr("Colour by …"), "C", "colours"),
        ControlSpec("move_tool", tr("Drag to move"), "V", "move"),
        ControlSpec("rectangle_tool", tr("Drag to select a rectangle"), "R", "rectangle"),
        ControlSpec("lasso_tool", tr("Drag to select a freehand line"), "L", "lasso"),
        ControlSpec("show_names", tr("Names of the classes"), "N"),
        ControlSpec("show_contours", tr("Density contours"), "D"),
        ControlSpec("show_class_contours", tr("Outlines of the classes"), "O"),
        ControlSpec("find_label_errors", tr("Find probable label errors"), "E", "search"),
        ControlSpec("find_near_duplicates", tr("Find near-duplicates"), "2", "search"),
        ControlSpec("map_selections", tr("Selections …"), "K", "selections"),
        ControlSpec("select_none", tr("Select none"), "0"),
        ControlSpec("invert_selection", tr("Invert the selection"), "I"),
        ControlSpec("select_classes", tr("Select whole classes"), "W"),
        ControlSpec("export_table", tr("Export the images as a table …"), "X"),
        ControlSpec("export_images", tr("Copy the images into a folder …"), "Y"),
        ControlSpec("export_projector", tr("Export for the Embedding Projector …"), "J"),
        ControlSpec("compare_map", tr("Compare with another look"), "B", "compare"),
        ControlSpec("play_looks", tr("Play the looks"), "Space", "play"),
        ControlSpec("earlier_looks", tr("Lay out earlier looks"), "H"),
    ),
    fields=(FieldSpec("map_colouring", tr("Colour by {}")),),
)
