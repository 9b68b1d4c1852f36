"""What can be done in the panels, each with its keys: first those of the panel, then one more."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.translation import tr

PANEL_KEYS: Mapping[str, str] = {
    "setup": "Ctrl+Shift+N",
    "settings": "Ctrl+Shift+S",
    "map": "Ctrl+Shift+M",
    "data": "Ctrl+Shift+D",
    "runs": "Ctrl+Shift+R",
    "pairs": "Ctrl+Shift+P",
    "evaluation": "Ctrl+Shift+E",
    "verdicts": "Ctrl+Shift+J",
    "curves": "Ctrl+Shift+C",
    "log": "Ctrl+Shift+O",
    "verify": "Ctrl+Shift+V",
    "gallery": "Ctrl+Shift+G",
    "roc": "Ctrl+Shift+T",
}
"""The first keys of all actions of a panel; the same letter again brings it to the front, and Q shows or hides it."""
TOGGLE = "Q"


@dataclass(frozen=True)
class ControlSpec:
    """An action that does what a control of a panel does."""

    panel: str
    """Name of its dock."""
    control: str
    """Object name of a button, field, slot, tab bar or menu entry in it."""
    text: str
    keys: str
    """What follows the panel's keys."""
    picture: str = ""
    """Name of its icon."""
    choice: str | int | None = None
    """What is chosen of a field, by its data or its text, or of tabs, by their place; None: the control itself."""
    tab: tuple[str, int] | None = None
    """Object name of the tabs that the control stands behind, and the place of its tab."""

    @property
    def name(self) -> str:
        """The action's own."""
        choice = "" if self.choice is None else f"_{self.choice}"
        return f"{self.panel}_{self.control}{choice}"

    @property
    def shortcut(self) -> str:
        """Its keys in full, as Qt reads them."""
        return f"{PANEL_KEYS[self.panel]}, {self.keys}"


@dataclass(frozen=True)
class FieldSpec:
    """A field of which the palette offers every choice."""

    panel: str
    control: str
    text: str
    """What its choices are called, such as 'Colour by {}'."""


_IDENTIFY, _ENROLLED, _UNKNOWN = (("gallery_pages", place) for place in range(3))
_LOOKED_AT, _MANY = (("verdict_tabs", place) for place in range(2))
_PROTOCOLS, _COMPARE = ("evaluation_tabs", 4), ("evaluation_tabs", 5)

CONTROLS: tuple[ControlSpec, ...] = (
    ControlSpec("setup", "data_field", tr("Choose the data …"), "D"),
    ControlSpec("setup", "download_button", tr("Download the data"), "L"),
    ControlSpec("setup", "backbone_field", tr("Choose the model …"), "B"),
    ControlSpec("setup", "loss_field", tr("Choose the metric loss …"), "M"),
    ControlSpec("setup", "epochs_field", tr("Set the epochs …"), "E"),
    ControlSpec("setup", "advanced_fold", tr("Advanced settings"), "A"),
    ControlSpec("settings", "margin_field", tr("Set the margin …"), "M"),
    ControlSpec("settings", "learning_rate_field", tr("Set the learning rate …"), "L"),
    ControlSpec("settings", "mining_field", tr("Choose the mining …"), "T"),
    ControlSpec("settings", "find_rate", tr("Find a learning rate …"), "F"),
    ControlSpec("settings", "reset_settings", tr("Live settings back to their defaults"), "0"),
    ControlSpec("map", "fit_map", tr("Show all points"), "F", "fit"),
    ControlSpec("map", "projection_method", tr("Lay out with PCA"), "P", choice="pca"),
    ControlSpec("map", "projection_method", tr("Lay out with UMAP"), "U", choice="umap"),
    ControlSpec("map", "projection_method", tr("Lay out with t-SNE"), "T", choice="tsne"),
    ControlSpec("map", "projection_settings", tr("Settings of the projection …"), "S", "settings"),
    ControlSpec("map", "map_colouring", tr("Colour by …"), "C", "colours"),
    ControlSpec("map", "move_tool", tr("Drag to move"), "V", "move"),
    ControlSpec("map", "rectangle_tool", tr("Drag to select a rectangle"), "R", "rectangle"),
    ControlSpec("map", "lasso_tool", tr("Drag to select a freehand line"), "L", "lasso"),
    ControlSpec("map", "show_names", tr("Names of the classes"), "N"),
    ControlSpec("map", "show_contours", tr("Density contours"), "D"),
    ControlSpec("map", "show_class_contours", tr("Outlines of the classes"), "O"),
    ControlSpec("map", "find_label_errors", tr("Find probable label errors"), "E", "search"),
    ControlSpec("map", "find_near_duplicates", tr("Find near-duplicates"), "2", "search"),
    ControlSpec("map", "map_selections", tr("Selections …"), "K", "selections"),
    ControlSpec("map", "select_none", tr("Select none"), "0"),
    ControlSpec("map", "invert_selection", tr("Invert the selection"), "I"),
    ControlSpec("map", "select_classes", tr("Select whole classes"), "W"),
    ControlSpec("map", "export_table", tr("Export the images as a table …"), "X"),
    ControlSpec("map", "export_images", tr("Copy the images into a folder …"), "Y"),
    ControlSpec("map", "export_projector", tr("Export for the Embedding Projector …"), "J"),
    ControlSpec("map", "compare_map", tr("Compare with another look"), "B", "compare"),
    ControlSpec("map", "play_looks", tr("Play the looks"), "Space", "play"),
    ControlSpec("map", "earlier_looks", tr("Lay out earlier looks"), "H"),
    ControlSpec("data", "search_images", tr("Search images …"), "F", "search"),
    ControlSpec("data", "show_grid", tr("Images as a grid"), "G"),
    ControlSpec("data", "show_table", tr("Images as a table"), "T"),
    ControlSpec("data", "show_figures", tr("Figures of the data"), "S"),
    ControlSpec("data", "inspect_data", tr("Inspect the images"), "I"),
    ControlSpec("data", "exclude_images", tr("Exclude the selected images"), "X"),
    ControlSpec("data", "take_back_edits", tr("Take edits of the selected images back"), "B"),
    ControlSpec("runs", "search_runs", tr("Search runs …"), "F", "search"),
    ControlSpec("runs", "reload_runs", tr("Read the list of runs again"), "L"),
    ControlSpec("runs", "choose_runs_folder", tr("List the runs of another folder …"), "D"),
    ControlSpec("runs", "show_archived_field", tr("Show archived runs"), "A"),
    ControlSpec("runs", "open_run_button", tr("Open the chosen run"), "O", "open"),
    ControlSpec("runs", "compare_in_evaluation_button", tr("Compare the chosen runs in Evaluation"), "E"),
    ControlSpec("pairs", "pair_lists", tr("False accepts"), "A", choice=0),
    ControlSpec("pairs", "pair_lists", tr("False rejects"), "R", choice=1),
    ControlSpec("pairs", "pair_lists", tr("Errors by identity"), "I", choice=2),
    ControlSpec("pairs", "compare_pair", tr("Compare the chosen pair in Verify"), "V"),
    ControlSpec("pairs", "show_pair_on_map", tr("Show the chosen pair on the map"), "M"),
    ControlSpec("pairs", "show_excluded", tr("Excluded images"), "X"),
    ControlSpec("evaluation", "evaluate_button", tr("Evaluate the newest checkpoint"), "R", "play"),
    ControlSpec("evaluation", "export_report_button", tr("Export the evaluation …"), "X"),
    ControlSpec("evaluation", "run_protocol_button", tr("Run the protocol"), "P", tab=_PROTOCOLS),
    ControlSpec("evaluation", "add_run_button", tr("Add a run to compare …"), "A", tab=_COMPARE),
    ControlSpec("evaluation", "compare_button", tr("Compare runs and distances"), "C", "compare", tab=_COMPARE),
    ControlSpec("verdicts", "judge_folder", tr("Judge every pair of a folder …"), "D", tab=_MANY),
    ControlSpec("verdicts", "judge_file", tr("Judge the pairs of a file …"), "F", tab=_MANY),
    ControlSpec("verdicts", "judge_folders", tr("Judge the pairs of two folders …"), "2", tab=_MANY),
    ControlSpec("verdicts", "export_looks", tr("Export the pairs looked at …"), "X", tab=_LOOKED_AT),
    ControlSpec("curves", "weighted_field", tr("Losses times their weights"), "W"),
    ControlSpec("curves", "log_field", tr("Logarithmic loss axis"), "L"),
    ControlSpec("curves", "lower_plot_field", tr("Choose the lower plot …"), "P"),
    ControlSpec("verify", "slot_a", tr("Choose image A …"), "A", "open"),
    ControlSpec("verify", "slot_b", tr("Choose image B …"), "B", "open"),
    ControlSpec("verify", "swap_pair", tr("Swap A and B"), "S", "swap"),
    ControlSpec("verify", "clear_pair", tr("Clear both images"), "0", "clear"),
    ControlSpec("verify", "verify_tabs", tr("The verdict"), "1", choice=0),
    ControlSpec("verify", "verify_tabs", tr("Nearest training images"), "N", choice=1),
    ControlSpec("verify", "verify_tabs", tr("Why the two are alike or not"), "W", choice=2),
    ControlSpec("verify", "show_masks", tr("Predicted masks"), "M"),
    ControlSpec("gallery", "gallery_pages", tr("Who is it?"), "I", choice=0),
    ControlSpec("gallery", "gallery_pages", tr("Who is enrolled"), "E", choice=1),
    ControlSpec("gallery", "enrol_images", tr("Enrol images …"), "A", tab=_ENROLLED),
    ControlSpec("gallery", "enrol_from_verify", tr("Enrol the images of Verify"), "V", tab=_ENROLLED),
    ControlSpec("gallery", "measure_rates", tr("Measure the open-set rates"), "R", tab=_UNKNOWN),
    ControlSpec("roc", "target_fpr_field", tr("Threshold at the equal error rate"), "E", choice="EER"),
    ControlSpec("roc", "target_fpr_field", tr("Threshold at FPR 0.1 %"), "0", choice="0.1 %"),
    ControlSpec("roc", "target_fpr_field", tr("Threshold at FPR 1 %"), "1", choice="1 %"),
    ControlSpec("roc", "target_fpr_field", tr("Threshold at FPR 5 %"), "5", choice="5 %"),
    ControlSpec("roc", "threshold_field", tr("Set the threshold …"), "H"),
    ControlSpec("roc", "distance_field", tr("Choose the distance …"), "D"),
    ControlSpec("roc", "curve_view_tabs", tr("ROC curve"), "R", choice=0),
    ControlSpec("roc", "curve_view_tabs", tr("DET curve"), "F", choice=1),
    ControlSpec("roc", "curve_view_tabs", tr("Precision and recall"), "P", choice=2),
    ControlSpec("roc", "log_fpr_field", tr("Logarithmic FPR axis"), "L"),
    ControlSpec("roc", "interval_button", tr("Measure the intervals"), "I"),
)

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("setup", "data_field", tr("Train on {}")),
    FieldSpec("setup", "backbone_field", tr("Model {}")),
    FieldSpec("setup", "loss_field", tr("Metric loss {}")),
    FieldSpec("settings", "mining_field", tr("Mining {}")),
    FieldSpec("map", "map_colouring", tr("Colour by {}")),
    FieldSpec("curves", "lower_plot_field", tr("Lower plot: {}")),
    FieldSpec("roc", "distance_field", tr("Compare by {}")),
)
